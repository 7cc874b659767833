using System.Globalization;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Arbitration;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Rpc.Processes;

/// <summary>A process in which servers and clients of one name start and end at once, again and again.</summary>
internal static class Churn
{
    private const int Watches = 4;

    /// <summary>Told how many rounds, it makes them and says what came of it: any failure that is not one of ours ends the process.</summary>
    public static async Task<int> RunAsync(string address)
    {
        Console.WriteLine(address);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var rounds = int.Parse(line, CultureInfo.InvariantCulture);
            for (var round = 0; round < rounds; round++)
            {
                await Task.WhenAll([
                    Task.Run(() => ServeAsync(address)),
                    Task.Run(() => CallAsync(address)),
                    .. Enumerable.Range(0, Watches).Select(_ => Task.Run(() => WaitAsync(address))),
                ]);
            }

            Console.WriteLine($"{rounds} rounds");
        }

        return 0;
    }

    private static async Task ServeAsync(string address)
    {
        await using var server = await RpcServer.StartAsync(address, new RpcServices().Add<IWorkbench>(new Workbench()));
    }

    private static async Task CallAsync(string address)
    {
        var client = new RpcClient(address);
        var call = client.Get<IWorkbench>().WhoAsync().AsTask();
        await client.DisposeAsync();
        try
        {
            await call;
        }
        catch (Exception error) when (error is ObjectDisposedException or ServerDiedException)
        {
            // The client ended in the middle of it.
        }
    }

    // A watch that sweeps all the time, and so does as it is stopped; with others in its way, it waits for the lock then.
    private static async Task WaitAsync(string address)
    {
        var registry = SharedRegistry.Open(
            RpcAddress.Parse(address).Name!, 0, static (protocol, _) => protocol.JoinAsClient(PackedIdentity.Current), out var client);
        var swept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = new SeatWatch(registry, client, Timeout.InfiniteTimeSpan, () => Swept(swept), TimeSpan.Zero);
        var wait = watch.Add(registry.Protocol.Enqueue(client, contract: 1)!.Value);
        await swept.Task;
        await watch.StopAsync();
        registry.Leave(protocol => protocol.LeaveAsClient(client));
        try
        {
            await wait.Task;
        }
        catch (ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private static Exception? Swept(TaskCompletionSource swept)
    {
        swept.TrySetResult();
        return null;
    }
}
