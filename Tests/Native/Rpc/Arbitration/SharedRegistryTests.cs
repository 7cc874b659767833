using Connections.Native.Rpc;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>The registry of a name in shared memory, and what happens to it from outside.</summary>
[Platform("Linux")]
public sealed class SharedRegistryTests
{
    [Test]
    public async Task A_registry_whose_lock_was_destroyed_or_taken_away_serves_on()
    {
        await using var bench = new Bench("shm");
        await bench.StartAsync();
        var name = "rpc-" + RpcAddress.Parse(bench.Address).Name;
        Assert.That(await bench.Client.AddAsync(1, 1).BoundedAsync(), Is.EqualTo(2));
        using var another = new HybridLock(name, HybridLockMode.CreateNewOverwrite);

        Assert.That(await CallAllAtOnceAsync(bench), Is.EqualTo(Enumerable.Range(0, 50)), "the lock is another one");
        another.Lock();
        HybridLock.Break(name);

        Assert.That(await CallAllAtOnceAsync(bench), Is.EqualTo(Enumerable.Range(0, 50)), "the lock was taken away");
        Assert.That(another.Status.Owner, Is.Null);
    }

    // More than are served at once, so that they draw tickets.
    private static Task<int[]> CallAllAtOnceAsync(Bench bench) =>
        Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => bench.Client.AddAsync(i, 0)))).BoundedAsync();
}
