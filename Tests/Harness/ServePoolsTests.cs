using System.Runtime.InteropServices;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>Processes that share the pool of one: each of them is a real one.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServePoolsTests : ServeFixture
{
    [Test]
    public async Task Eight_processes_share_five_workers()
    {
        await ServeAsync();
        Device.Latency = TimeSpan.FromMilliseconds(20);
        var commands = Enumerable.Repeat(new[] { "get", SysName }, Thoroughness.Choose(20, 1_000)).SelectMany(static words => words).ToArray();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => ConnectionsProcess.RunAsync(["exec", "-t", OwnLab.Path, "--json", .. commands])));

        foreach (var outcome in outcomes)
        {
            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
            Assert.That(outcome.Lines, Has.Count.EqualTo(commands.Length / 2).And.All.Contains("edge1"));
        }

        Assert.That(Device.MaxInFlight, Is.EqualTo(Workers));
    }

    [Test]
    public async Task Calls_are_served_in_the_order_in_which_their_processes_came()
    {
        await ServeAsync();
        var busy = await FillAsync();
        var waiting = new List<ConnectionsProcess>();
        for (var number = 1; number <= Processes - Workers; number++)
        {
            waiting.Add(Get(OidOf(number)));
            await UntilAsync(pool => pool.Waiting == number);
        }

        Device.Loss = 0;
        await busy[2].KillAsync();

        foreach (var process in waiting)
        {
            Assert.That((await process.EndAsync()).ExitCode, Is.Zero);
        }

        Assert.That(Arrived, Is.EqualTo(Enumerable.Range(1, Processes - Workers).Select(OidOf)));
    }

    [Test]
    public async Task A_process_that_is_killed_while_it_waits_or_has_a_worker_blocks_nobody()
    {
        await ServeAsync();
        var busy = await FillAsync();
        var doomed = Get(OidOf(1));
        await UntilAsync(static pool => pool.Waiting == 1);
        var survivor = Get(OidOf(2));
        await UntilAsync(static pool => pool.Waiting == 2);

        await doomed.KillAsync();
        await UntilAsync(static pool => pool.Waiting == 1);
        Device.Loss = 0;
        await busy[0].KillAsync();

        Assert.That((await survivor.EndAsync()).ExitCode, Is.Zero);
        Assert.That(Arrived, Is.EqualTo(new[] { OidOf(2) }));
        await UntilAsync(static pool => pool.Busy == Workers - 1);
    }

    [Test]
    public async Task The_status_tells_who_serves_what_and_how_it_stands()
    {
        await ServeAsync();
        await FillAsync();

        var text = await ConnectionsProcess.RunAsync("serve", "--status");
        var json = await ConnectionsProcess.RunAsync("serve", "--status", "--json");

        Assert.That(text.Lines.Single(line => line.StartsWith($"edge1/snmp ({Device.EndPoint})", StringComparison.Ordinal)), Does.Match(@" \d+ +5 +5 +0 +0 +\d+ s$"));
        var pool = json.Json.Single(pool => pool.GetProperty("name").GetString() == $"edge1/snmp ({Device.EndPoint})");
        Assert.That((pool.GetProperty("workers").GetInt32(), pool.GetProperty("busy").GetInt32()), Is.EqualTo((Workers, Workers)));
    }

    [Test]
    public async Task Who_waits_longer_than_the_pool_lets_him_is_told_so()
    {
        await ServeAsync();
        await FillAsync();
        using var impatient = Lab("timeout: 60, retries: 0, pool_timeout: 0.2");

        (await ConnectionsProcess.RunAsync("get", "-t", impatient.Path, SysName)).AssertFailed(1, "edge1", "No worker of the shared pool 'snmp'", "Make the pool larger");
    }

    [Test]
    public async Task An_agent_that_is_silent_is_a_timeout_here_as_it_would_be_there()
    {
        using var impatient = Lab("timeout: 0.1, retries: 1");
        await ServeAsync();
        Device.Loss = 1;

        (await ConnectionsProcess.RunAsync("get", "-t", impatient.Path, SysName)).AssertFailed(1, $"{Device.EndPoint}", "did not answer 2 attempts");
    }

    [TestCase(PosixSignal.SIGINT, 130, "connections: interrupted\n")]
    [TestCase(PosixSignal.SIGTERM, 0, "")]
    public async Task A_signal_ends_it_once_what_is_under_way_is_done(PosixSignal signal, int exitCode, string error)
    {
        var host = await ServeAsync();
        Device.Latency = TimeSpan.FromSeconds(1);
        var call = Get(SysName);
        await Eventually.UntilAsync(() => Device.RequestsSeen > Workers);

        host.Signal(signal);

        var (outcome, end) = (await call.EndAsync(), await host.EndAsync());
        Assert.That((outcome.Output, outcome.Error), Is.EqualTo(("SNMPv2-MIB::sysName.0 = STRING: edge1\n", "")));
        Assert.That((end.ExitCode, end.Error), Is.EqualTo((exitCode, error)));
        Assert.That((await ConnectionsProcess.RunAsync("serve", "--status", "--json")).Output, Does.Not.Contain($"{Device.EndPoint}"));
    }

    [Test]
    public async Task The_others_go_on_with_the_next_process_that_serves()
    {
        var first = await ServeAsync();
        await first.KillAsync();
        (await ConnectionsProcess.RunAsync("get", "-t", OwnLab.Path, SysName)).AssertFailed(1, "no process serves it", "connections serve");

        await ServeAsync();

        Assert.That((await ConnectionsProcess.RunAsync("get", "-t", OwnLab.Path, SysName)).Output, Is.EqualTo("SNMPv2-MIB::sysName.0 = STRING: edge1\n"));
    }

    [Test]
    public async Task What_a_killed_process_has_left_of_its_lock_is_swept_by_the_next_that_serves_anything()
    {
        var device = $"edge-{Guid.NewGuid():n}";
        using var other = new TestbedFile($"devices: {{ {device}: {{ simulated: true, connections: {{ snmp: {{ protocol: snmp, shared: true }} }} }} }}");
        var host = await ServeAsync();
        Assert.That(Locks(), Has.Length.EqualTo(1));
        await host.KillAsync();

        using var next = ConnectionsProcess.Start("serve", other.Path);
        Assert.That(await next.ReadLineAsync(), Does.StartWith($"serving {device}"));

        Assert.That(Locks(), Is.Empty);
    }

    [Test]
    public async Task One_process_alone_serves_a_pool()
    {
        await ServeAsync();

        (await ConnectionsProcess.RunAsync("serve", OwnLab.Path)).AssertFailed(1, "edge1", "is served by process", "already");
    }

    [Test]
    public async Task A_testbed_that_shares_nothing_is_told_what_to_write()
    {
        using var lab = new TestbedFile(TestbedFile.TwoDevices);

        (await ConnectionsProcess.RunAsync("serve", lab.Path)).AssertFailed(2, lab.Path, "shared: true");
    }

    private string[] Locks() => Directory.GetFiles(
        "/dev/shm", $"pool%20*{Uri.EscapeDataString($"{Device.EndPoint}")}*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true });
}
