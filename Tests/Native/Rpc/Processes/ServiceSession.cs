using System.Globalization;
using Connections.Native.Rpc;
using Connections.Pooling;

namespace Connections.Native.Tests.Rpc.Processes;

/// <summary>What a process of the tests does when it serves or calls.</summary>
internal static class ServiceSession
{
    // As a gateway tells it, which calls other servers itself.
    private const string Died = "Connections.Native.Rpc.ServerDiedException";

    /// <summary>Serves or calls until standard input ends.</summary>
    public static async Task<int> RunAsync(string role, string address) =>
        role switch
        {
            "serve" => await ServeAsync(address),
            "churn" => await Churn.RunAsync(address),
            _ => await CallAsync(address),
        };

    private static async Task<int> ServeAsync(string address)
    {
        var options = new RpcServerOptions { SharesPort = address.StartsWith("tcp", StringComparison.Ordinal) };
        await using var server = await RpcServer.StartAsync(address, new RpcServices().Add<IWorkbench>(new Workbench()), options);
        Console.WriteLine(server.Address);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task<int> CallAsync(string address)
    {
        await using var client = new RpcClient(address, new RpcClientOptions { WaitForServer = TimeSpan.FromSeconds(30) });
        var workbench = client.Get<IWorkbench>();
        Console.WriteLine(address);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await AnswerAsync(workbench, line.Split(' ')));
        }

        return 0;
    }

    private static async Task<string> AnswerAsync(IWorkbench workbench, string[] words)
    {
        try
        {
            switch (words)
            {
                case ["add", var times]:
                    return await AddAsync(workbench, int.Parse(times, CultureInfo.InvariantCulture));
                case ["wait", var name]:
                    await workbench.WaitAsync(name, CancellationToken.None);
                    return "done";
                default:
                    return $"unknown: {string.Join(' ', words)}";
            }
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    // So many right answers, and so many calls whose server died under them; any other error ends it.
    private static async Task<string> AddAsync(IWorkbench workbench, int times)
    {
        var (right, died) = (0, 0);
        for (var i = 0; i < times; i++)
        {
            try
            {
                right += await workbench.AddAsync(i, 1) == i + 1 ? 1 : 0;
            }
            catch (ConnectionException error) when (error is ServerDiedException or RemoteCallException { RemoteType: Died })
            {
                died++;
            }
        }

        return $"{right} right {died} died";
    }
}
