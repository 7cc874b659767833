using Connections.Native.Rpc;

namespace Connections.NetSnmp.Worker;

/// <summary>A worker process, from its beginning to its end.</summary>
internal static class WorkerProgram
{
    /// <summary>Serves until standard input ends.</summary>
    /// <param name="arguments">The address, which is all that it is told this way, since others can read how a process was started.</param>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var address])
        {
            await Console.Error.WriteLineAsync("This is a worker process of Connections.NetSnmp, which starts it by itself.").ConfigureAwait(false);
            return 2;
        }

        using var service = new WorkerService();

        // A call blocks its thread in the library, so that another one must hear that it is cancelled.
        var options = new RpcServerOptions { RunsInline = false };
        var server = await RpcServer.StartAsync(address, new RpcServices().Add<INetSnmpWorker>(service), options).ConfigureAwait(false);
        await using var serving = server.ConfigureAwait(false);

        // Its caller waits for this line, or for its end.
        Console.WriteLine("ready");

        // Nothing comes but the end, when the process that started this one ends.
        using var lifeline = Console.OpenStandardInput();
        _ = await lifeline.ReadAsync(new byte[1]).ConfigureAwait(false);
        return 0;
    }
}
