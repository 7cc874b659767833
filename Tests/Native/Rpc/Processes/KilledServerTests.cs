using Connections.Native.Rpc;
using Connections.Native.SharedMemory;

namespace Connections.Native.Tests.Rpc.Processes;

/// <summary>Servers that are killed in the middle of a call.</summary>
[Platform("Linux")]
public sealed class KilledServerTests
{
    [TestCase(2)]
    [TestCase(1)]
    public async Task An_idempotent_call_under_which_the_server_is_killed_is_made_elsewhere_if_it_has_another_attempt(int attempts)
    {
        var address = Bench.NewAddress("shm");
        await using var server = await ServiceProcess.StartAsync("serve", address);
        await using var client = new RpcClient(address, new RpcClientOptions { MaxAttempts = attempts });
        var call = client.Get<IWorkbench>().WhoElseAsync(server.Id).AsTask();
        await UntilServedAsync(address);
        await using var other = await ServiceProcess.StartAsync("serve", address);

        await server.KillAsync();

        if (attempts == 1)
        {
            Assert.That(async () => await call.BoundedAsync(), Throws.TypeOf<ServerDiedException>());
        }
        else
        {
            Assert.That(await call.BoundedAsync(), Is.EqualTo(other.Id));
        }
    }

    [Test]
    public async Task A_call_that_is_not_idempotent_fails_though_another_server_is_free()
    {
        var address = Bench.NewAddress("shm");
        await using var server = await ServiceProcess.StartAsync("serve", address);
        await using var client = new RpcClient(address);
        var call = client.Get<IWorkbench>().WaitAsync("x", default).AsTask();
        await UntilServedAsync(address);
        await using var other = await ServiceProcess.StartAsync("serve", address);

        await server.KillAsync();

        Assert.That(async () => await call.BoundedAsync(), Throws.TypeOf<ServerDiedException>());
        Assert.That(await client.Get<IWorkbench>().WhoAsync().BoundedAsync(), Is.EqualTo(other.Id), "the next call");
    }

    [Test]
    public async Task A_stream_whose_server_is_killed_yields_what_has_come_and_fails()
    {
        const int Read = 100;
        var address = Bench.NewAddress("shm");
        await using var server = await ServiceProcess.StartAsync("serve", address);
        await using var client = new RpcClient(address);
        var items = new List<int>();

        async Task ReadAsync()
        {
            await foreach (var item in client.Get<IWorkbench>().CountAsync(0, int.MaxValue))
            {
                items.Add(item);
                if (items.Count == Read)
                {
                    await server.KillAsync();
                }
            }
        }

        Assert.That(async () => await ReadAsync().BoundedAsync(), Throws.TypeOf<ServerDiedException>());
        Assert.That(items, Has.Count.AtLeast(Read));
        Assert.That(items, Is.EqualTo(Enumerable.Range(0, items.Count)));
    }

    [Test]
    public async Task What_is_left_of_a_name_whose_processes_were_all_killed_goes_when_another_name_is_opened()
    {
        var (dead, living) = (Bench.NewAddress("shm"), Bench.NewAddress("shm"));
        await using var survivor = await ServiceProcess.StartAsync("serve", living);
        await using var server = await ServiceProcess.StartAsync("serve", dead);
        await using var client = await ServiceProcess.StartAsync("call", dead);
        Assert.That(await client.AskAsync("add 1"), Is.EqualTo("1 right 0 died"));
        Assert.That(FilesOf(dead), Has.Length.EqualTo(2), "the registry and its lock");
        await server.KillAsync();
        await client.KillAsync();

        await using var bench = new Bench("shm");
        await bench.StartAsync();

        Assert.That(FilesOf(dead), Is.Empty);
        Assert.That(FilesOf(living), Has.Length.EqualTo(2), "those of the living");
        await using var caller = new RpcClient(living);
        Assert.That(await caller.Get<IWorkbench>().WhoAsync().BoundedAsync(), Is.EqualTo(survivor.Id));
    }

    private static string[] FilesOf(string address) =>
        Directory.GetFiles(SegmentDirectory.OfUser, $"*{RpcAddress.Parse(address).Name}*");

    private static Task UntilServedAsync(string address) =>
        Eventually.UntilAsync(() => RpcStatus.Of(address).Servers.Any(static one => one.Running == 1));
}
