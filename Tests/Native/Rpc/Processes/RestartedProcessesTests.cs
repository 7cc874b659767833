using System.Globalization;
using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc.Processes;

/// <summary>Processes that are killed and started again under one name, time and again.</summary>
[Platform("Linux")]
public sealed class RestartedProcessesTests
{
    private const int Calls = 1_000;

    private static readonly int Restarts = Thoroughness.Choose(20, 1_000);

    [Test]
    public async Task Server_and_client_are_killed_in_mid_call_and_started_again_and_every_call_is_right_or_fails_typed()
    {
        var address = Bench.NewAddress("shm");
        var server = await ServiceProcess.StartAsync("serve", address);
        var client = await ServiceProcess.StartAsync("call", address);
        for (var i = 0; i < Restarts; i++)
        {
            var calling = client.AskAsync(Adding);
            await UntilServedAsync(address, calling);
            server = await RestartAsync(server, "serve", address);
            Assert.That(await calling, Is.EqualTo($"{Calls} right 0 died").Or.EqualTo($"{Calls - 1} right 1 died"), $"restart {i}");

            var killed = client.AskAsync(Adding);
            await UntilServedAsync(address, killed);
            client = await RestartAsync(client, "call", address);
            await ((Task)killed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Assert.That(await client.AskAsync(Adding), Is.EqualTo($"{Calls} right 0 died"));
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    private static string Adding => string.Create(CultureInfo.InvariantCulture, $"add {Calls}");

    private static Task UntilServedAsync(string address, Task<string> answer) =>
        Eventually.UntilAsync(() => answer.IsCompleted || RpcStatus.Of(address).Servers.Any(static one => one.Running == 1));

    private static async Task<ToldProcess> RestartAsync(ToldProcess process, string role, string address)
    {
        await process.KillAsync();
        await process.DisposeAsync();
        return await ServiceProcess.StartAsync(role, address);
    }
}
