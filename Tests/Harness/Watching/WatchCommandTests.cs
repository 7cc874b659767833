using System.Text.Json;
using Connections.Harness.Tests.Sharing;
using Connections.Native.SharedMemory;
using Connections.Snmp.Agent;

namespace Connections.Harness.Tests.Watching;

/// <summary>What <c>connections watch</c> shows of other processes.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WatchCommandTests : IAsyncDisposable
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";

    private readonly string _name = $"watched-{Guid.NewGuid():n}";
    private readonly SnmpAgent _agent = new();
    private readonly SimulatedDevice _device;
    private readonly TestbedFile _lab;
    private readonly List<ConnectionsProcess> _processes = [];

    public WatchCommandTests()
    {
        _device = _agent.Add(new SimulatedDeviceOptions { Name = _name, Data = SyntheticDevice.Create(_name, 1) });
        _device.Loss = 1;
        _lab = new TestbedFile($$"""
            testbed: { name: {{_name}} }
            devices:
              {{_name}}:
                connections:
                  snmp: { protocol: snmp, ip: {{_device.EndPoint.Address}}, port: {{_device.EndPoint.Port}}, pool_size: 2, timeout: 60, retries: 0, verify: false }
                  admin: { protocol: snmp, ip: {{_device.EndPoint.Address}}, port: {{_device.EndPoint.Port}}, timeout: 60, retries: 0, verify: false, shared: host }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.KillAsync();
            process.Dispose();
        }

        MachineLocks.Forget($"{_name}/admin");
        _lab.Dispose();
        await _agent.DisposeAsync();
    }

    [Test]
    public async Task Two_processes_are_seen_and_one_that_is_killed_is_seen_no_more()
    {
        var (one, other) = (await StartStuckAsync("snmp"), await StartStuckAsync("snmp"));

        Assert.That((await SeenAsync()).Select(Id), Is.EquivalentTo(new[] { one.Id, other.Id }));

        await other.KillAsync();
        Assert.That((await SeenAsync()).Select(Id), Is.EqualTo(new[] { one.Id }));
        Assert.That(SocketsOf(other.Id), Is.Empty);
        Assert.That(SocketsOf(one.Id), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_pool_is_shown_with_its_workers_and_those_who_wait()
    {
        var process = await StartStuckAsync("snmp", commands: 5);

        var pool = await UntilSeenAsync(static pool => pool.GetProperty("waiting").GetInt32() == 3);

        Assert.That((pool.GetProperty("device").GetString(), pool.GetProperty("alias").GetString()), Is.EqualTo((_name, "snmp")));
        Assert.That((pool.GetProperty("workers").GetInt32(), pool.GetProperty("busy").GetInt32(), pool.GetProperty("idle").GetInt32()), Is.EqualTo((2, 2, 0)));
        var text = await ConnectionsProcess.RunAsync("watch", "--once");
        Assert.That((text.ExitCode, text.Error), Is.EqualTo((0, "")));
        var own = text.Lines.Single(line => line.StartsWith($"{process.Id} ", StringComparison.Ordinal));
        Assert.That(own, Does.Match($"\\((Connections.Harness|connections) exec\\) +{_name} +[0-9]+ s +1 of 1 "));
        Assert.That(text.Lines.Single(line => line.StartsWith(_name, StringComparison.Ordinal)), Does.Match("snmp +[0-9]+ +connected +2 busy of 2 +3"));
    }

    [Test]
    public async Task A_single_connection_is_shown_with_its_holder_and_the_lock_of_the_machine_too()
    {
        var process = await StartStuckAsync("admin");

        var connection = await UntilSeenAsync(static connection => connection.GetProperty("holder").GetString() is not null);
        var found = (await WatchAsync()).Single(record => Kind(record) == "lock" && record.GetProperty("lock").GetString() == $"{_name}/admin");

        Assert.That(connection.GetProperty("holder").GetString(), Does.Contain(SysName));
        Assert.That(connection.GetProperty("heldFor").GetDouble(), Is.GreaterThan(0));
        Assert.That(found.GetProperty("owner").GetProperty("pid").GetInt32(), Is.EqualTo(process.Id));
    }

    [Test]
    public async Task A_process_whose_work_is_done_leaves_nothing_behind()
    {
        _device.Loss = 0;
        var outcome = await ConnectionsProcess.RunAsync("exec", "-t", _lab.Path, "-a", "snmp", "get", SysName);

        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        Assert.That(await SeenAsync(), Is.Empty);
    }

    [TestCase("notes.watch")]
    [TestCase("1-2-3-4.watch")]
    [TestCase("x-1-1.watch")]
    public async Task A_file_of_others_in_the_directory_is_left_alone(string file)
    {
        var path = Path.Combine(UserDirectory.Prepare(), file);
        await File.WriteAllTextAsync(path, "not a socket");
        try
        {
            var process = await StartStuckAsync("snmp");

            Assert.That((await SeenAsync()).Select(Id), Is.EqualTo(new[] { process.Id }));
            Assert.That(File.Exists(path), Is.True);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // A process that has asked the device, which never answers.
    private async Task<ConnectionsProcess> StartStuckAsync(string alias, int commands = 1)
    {
        var lost = _device.Lost;
        var process = ConnectionsProcess.Start(["exec", "-t", _lab.Path, "-a", alias, .. Enumerable.Repeat(new[] { "get", SysName }, commands).SelectMany(static words => words)]);
        _processes.Add(process);
        await Eventually.UntilAsync(() => _device.Lost > lost);
        return process;
    }

    // The only connection of the only process, once it is as is wanted.
    private async Task<JsonElement> UntilSeenAsync(Func<JsonElement, bool> condition)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var connection = (await SeenAsync()).Single().GetProperty("connections").EnumerateArray().Single();
            if (condition(connection))
            {
                return connection;
            }
        }
    }

    private async Task<JsonElement[]> SeenAsync() =>
        [.. (await WatchAsync()).Where(record => Kind(record) == "process" && record.GetProperty("testbed").GetString() == _name)];

    private static async Task<IReadOnlyList<JsonElement>> WatchAsync()
    {
        var outcome = await ConnectionsProcess.RunAsync("watch", "--once", "--json");
        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
        return outcome.Json;
    }

    private static string? Kind(JsonElement record) => record.GetProperty("kind").GetString();

    private static int Id(JsonElement record) => record.GetProperty("pid").GetInt32();

    private static string[] SocketsOf(int process) => Directory.GetFiles(UserDirectory.Prepare(), $"{process}-*.watch");
}
