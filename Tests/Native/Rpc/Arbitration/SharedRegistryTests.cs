using System.Runtime.Versioning;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Arbitration;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;
using NUnit.Framework.Constraints;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>The registry of a name in shared memory, and what happens to it from outside.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
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

    [Test]
    public async Task A_damaged_registry_gives_typed_errors_until_those_who_use_it_have_ended()
    {
        string address;
        await using (var bench = new Bench("shm"))
        {
            await bench.StartAsync();
            address = bench.Address;
            var served = bench.Client.WaitAsync("x", default).AsTask();
            await Eventually.UntilAsync(() => bench.Server.Order.Count == 1);
            var waiting = bench.Client.AddAsync(1, 1);
            await Eventually.UntilAsync(() => RpcStatus.Of(address).Waiting == 1);
            Damage(address);

            Assert.That(async () => await waiting.BoundedAsync(), IsDamage(address));
            Assert.That(async () => await bench.Client.AddAsync(1, 1).BoundedAsync(), IsDamage(address));
            Assert.That(async () => await RpcServer.StartAsync(address, new RpcServices().Add<IWorkbench>(new Workbench())).AsTask().BoundedAsync(), IsDamage(address));
            bench.Server.Waits["x"].SetResult();
            await served.BoundedAsync();
        }

        await ServeAndCallAsync(address);
    }

    [Test]
    public async Task A_damaged_registry_of_those_who_were_killed_is_begun_anew()
    {
        var address = Bench.NewAddress("shm");
        using (MakeDamaged(PathOf(address)))
        {
            await ServeAndCallAsync(address);
        }

        Assert.That(File.Exists(PathOf(address)), Is.False);
    }

    private static async Task ServeAndCallAsync(string address)
    {
        await using var server = await RpcServer.StartAsync(address, new RpcServices().Add<IWorkbench>(new Workbench()));
        await using var client = new RpcClient(address);
        Assert.That(await client.Get<IWorkbench>().AddAsync(1, 1).BoundedAsync(), Is.EqualTo(2));
    }

    private static ContainsConstraint IsDamage(string address) =>
        Throws.TypeOf<SharedMemoryException>().With.Message.Contains(address).And.Message.Contains("damaged");

    private static string PathOf(string address) =>
        SegmentDirectory.FileOf(SegmentDirectory.Prepare(null), RpcAddress.Parse(address).Name!, SharedRegistry.Extension);

    // The queue ends before it begins.
    private static unsafe void Damage(string address)
    {
        using var segment = Segment.TryOpen(PathOf(address), RegistryLayout.Kind, RegistryLayout.Size)!;
        segment.Memory.Words[RegistryLayout.Head] = ulong.MaxValue;
    }

    // Of every word a process that cannot be.
    private static unsafe Segment MakeDamaged(string path) => Segment.TryCreate(
        path,
        RegistryLayout.Kind,
        RegistryLayout.Size,
        UnixFileMode.UserRead | UnixFileMode.UserWrite,
        0,
        static (memory, _) => new Span<ulong>(memory.Words, RegistryLayout.Words).Fill(ulong.MaxValue))!;

    // More than are served at once, so that they draw tickets.
    private static Task<int[]> CallAllAtOnceAsync(Bench bench) =>
        Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => bench.Client.AddAsync(i, 0)))).BoundedAsync();
}
