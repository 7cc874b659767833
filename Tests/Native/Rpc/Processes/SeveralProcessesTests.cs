using System.Globalization;
using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc.Processes;

/// <summary>Real processes that serve and call under one name, and are killed.</summary>
[Platform("Linux")]
public sealed class SeveralProcessesTests
{
    [TestCase("shm")]
    [TestCase("tcp://127.0.0.1:0")]
    public async Task Eight_clients_share_four_servers_of_which_one_is_killed(string place)
    {
        var first = await ServiceProcess.StartAsync("serve", Bench.NewAddress(place));
        ToldProcess[] servers = [first, .. await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ServiceProcess.StartAsync("serve", first.Greeting)))];

        await CallAndKillAsync(first.Greeting, servers);
    }

    [Test]
    public async Task Eight_clients_share_four_servers_behind_a_gateway_of_which_one_is_killed()
    {
        var hidden = Bench.NewAddress("shm");
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ServiceProcess.StartAsync("serve", hidden)));
        await using var client = new RpcClient(hidden);
        await using var gateway = await RpcServer.StartAsync(
            "tcp://127.0.0.1:0", new RpcServices().Add(client.Get<IWorkbench>()), new RpcServerOptions { ConcurrentCalls = 64 });

        await CallAndKillAsync(gateway.Address.ToString(), servers);
    }

    private static async Task CallAndKillAsync(string address, ToldProcess[] servers)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ServiceProcess.StartAsync("call", address)));
        var times = Thoroughness.Choose(200, 20_000);
        var answers = clients.Select(client => client.AskAsync($"add {times.ToString(CultureInfo.InvariantCulture)}")).ToList();
        await servers[0].KillAsync();

        foreach (var answer in await Task.WhenAll(answers))
        {
            // A client has one call at a time, so the server can have died under one.
            Assert.That(answer, Is.EqualTo($"{times} right 0 died").Or.EqualTo($"{times - 1} right 1 died"));
        }

        foreach (var process in clients.Concat(servers))
        {
            await process.DisposeAsync();
        }
    }

    [Test]
    public async Task A_client_killed_as_it_is_served_and_one_killed_as_it_waits_block_nobody()
    {
        await using var bench = new Bench("shm");
        await bench.StartAsync();
        await using var served = await ServiceProcess.StartAsync("call", bench.Address);
        await using var waiting = await ServiceProcess.StartAsync("call", bench.Address);
        await served.TellAsync("wait a");
        await Eventually.UntilAsync(() => bench.Server.Order.Count == 1);
        await waiting.TellAsync("wait b");
        await Eventually.UntilAsync(() => RpcStatus.Of(bench.Address).Waiting == 1);
        var call = bench.Client.AddAsync(1, 1);
        await Eventually.UntilAsync(() => RpcStatus.Of(bench.Address).Waiting == 2);

        await waiting.KillAsync();
        await served.KillAsync();

        Assert.That(await call.BoundedAsync(), Is.EqualTo(2));
        Assert.That(bench.Server.Cancelled, Is.EqualTo(new[] { "a" }), "the call of the dead");
        Assert.That(bench.Server.Order, Is.EqualTo(new[] { "a" }), "the call of the one that waited");
    }

    [Test]
    public async Task Calls_of_several_processes_are_served_in_the_order_in_which_they_came()
    {
        await using var bench = new Bench("shm");
        await bench.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ServiceProcess.StartAsync("call", bench.Address)));
        var first = bench.Client.WaitAsync("first", default).AsTask();
        await Eventually.UntilAsync(() => bench.Server.Order.Count == 1);
        for (var i = 0; i < clients.Length; i++)
        {
            await clients[i].TellAsync($"wait {i}");
            await Eventually.UntilAsync(() => RpcStatus.Of(bench.Address).Waiting == i + 1);
        }

        string[] expected = ["first", .. Enumerable.Range(0, clients.Length).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        foreach (var name in expected)
        {
            await Eventually.UntilAsync(() => bench.Server.Waits.ContainsKey(name));
            bench.Server.Waits[name].SetResult();
        }

        await first.BoundedAsync();
        foreach (var client in clients)
        {
            Assert.That(await client.HearAsync(), Is.EqualTo("done"));
            await client.DisposeAsync();
        }

        Assert.That(bench.Server.Order, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_call_whose_server_is_killed_fails_at_once_and_an_idempotent_one_is_made_elsewhere()
    {
        var address = Bench.NewAddress("shm");
        await using var server = await ServiceProcess.StartAsync("serve", address);
        await using var client = new RpcClient(address);
        var workbench = client.Get<IWorkbench>();
        var call = workbench.WaitAsync("x", default).AsTask();
        await Eventually.UntilAsync(() => RpcStatus.Of(address).Servers.Any(static one => one.Running == 1));

        await server.KillAsync();

        Assert.That(async () => await call.BoundedAsync(), Throws.TypeOf<ServerDiedException>());
        await using var other = await ServiceProcess.StartAsync("serve", address);
        Assert.That(await workbench.WhoAsync().BoundedAsync(), Is.EqualTo(other.Id));
        Assert.That(RpcStatus.Of(address).Servers.Select(static one => one.ProcessId), Is.EqualTo(new[] { other.Id }));
    }

    [Test]
    public async Task No_process_ends_by_servers_and_clients_of_one_name_that_start_and_end_at_once()
    {
        var address = Bench.NewAddress("shm");
        var processes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ServiceProcess.StartAsync("churn", address)));
        var rounds = Thoroughness.Choose(100, 5_000).ToString(CultureInfo.InvariantCulture);

        var answers = await Task.WhenAll(processes.Select(process => process.AskAsync(rounds)));

        Assert.That(answers, Has.All.EqualTo($"{rounds} rounds"));
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }
}
