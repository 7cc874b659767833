using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc.Processes;

/// <summary>Servers that are stopped by a signal, and neither answer nor die.</summary>
[Platform("Linux")]
public sealed class StoppedServerTests
{
    private const int Continue = 18;
    private const int Stop = 19;

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Test]
    public async Task A_call_in_the_middle_of_which_the_server_is_stopped_ends_at_its_deadline()
    {
        await using var server = await ServiceProcess.StartAsync("serve", Bench.NewAddress("shm"));
        await using var client = new RpcClient(server.Greeting);
        var call = client.Get<IWorkbench>(Short).WaitAsync("x", default).AsTask();
        await Eventually.UntilAsync(() => call.IsCompleted || RpcStatus.Of(server.Greeting).Servers.Any(static one => one.Running == 1));
        server.Signal(Stop);

        Assert.That(async () => await call.BoundedAsync(), Throws.TypeOf<RpcTimeoutException>());
        await ServesOnAsync(server, client);
    }

    [TestCase("shm", true)]
    [TestCase("shm", false)]
    [TestCase("tcp://127.0.0.1:0", true)]
    [TestCase("tcp://127.0.0.1:0", false)]
    public async Task A_call_of_a_stopped_server_ends_at_its_deadline(string place, bool isConnected)
    {
        await using var server = await ServiceProcess.StartAsync("serve", Bench.NewAddress(place));
        await using var client = new RpcClient(server.Greeting);
        if (isConnected)
        {
            Assert.That(await client.Get<IWorkbench>().WhoAsync().BoundedAsync(), Is.EqualTo(server.Id));
        }

        server.Signal(Stop);

        Assert.That(async () => await client.Get<IWorkbench>(Short).AddAsync(1, 1).BoundedAsync(), Throws.TypeOf<RpcTimeoutException>());
        await ServesOnAsync(server, client);
    }

    private static async Task ServesOnAsync(ToldProcess server, RpcClient client)
    {
        server.Signal(Continue);
        Assert.That(await client.Get<IWorkbench>().WhoAsync().BoundedAsync(), Is.EqualTo(server.Id));
    }
}
