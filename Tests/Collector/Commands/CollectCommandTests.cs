using System.Runtime.InteropServices;
using System.Text.Json;
using Connections.Harness.Tests;
using Connections.Snmp.Agent;

namespace Connections.Collector.Tests.Commands;

/// <summary><c>connections collect</c> and <c>connections parse</c>.</summary>
public sealed class CollectCommandTests
{
    private static readonly SyntheticTable Table = new() { Rows = 6, Columns = 8 };

    private SnmpAgent _agent = null!;
    private string _folder = null!;
    private List<string> _targets = null!;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        _targets = [.. _agent.AddRange(new SimulatedDeviceOptions { Name = "device", Data = Table.ToData() }.Repeat(3)).Select(static device => device.EndPoint.ToString())];
        _folder = Directory.CreateTempSubdirectory("connections-collect-").FullName;
    }

    [TearDown]
    public async Task EndAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _agent.DisposeAsync();
    }

    [Test]
    public async Task Tables_of_several_agents_are_rows_of_json()
    {
        var outcome = await CollectAsync(["--json", .. _targets]);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
        var rows = outcome.Json.Where(static line => line.TryGetProperty("oid", out _)).ToList();
        Assert.That(rows, Has.Count.EqualTo(3 * Table.Rows * Table.Columns));
        Assert.That(
            rows.Where(row => row.GetProperty("device").GetString() == _targets[1]).Select(static row => row.GetProperty("oid").GetString()),
            Is.EquivalentTo(Table.Variables().Select(static variable => variable.Oid.ToString())));
    }

    [Test]
    public async Task An_agent_that_does_not_answer_fails_by_itself()
    {
        var silent = _agent.Add(new SimulatedDeviceOptions { Name = "silent", Data = Table.ToData(), Loss = 1 }).EndPoint.ToString();

        var outcome = await CollectAsync("--csv", "--timeout", "0.1", "--retries", "1", _targets[0], silent);

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain($"connections: {silent}: "));
        Assert.That(outcome.Lines.Count(line => line.Contains(_targets[0], StringComparison.Ordinal)), Is.EqualTo(Table.Rows * Table.Columns));
    }

    [Test]
    public async Task Blocks_are_parsed_to_the_same_rows_that_collecting_prints()
    {
        var file = Path.Combine(_folder, "table.blocks");
        var collected = await CollectAsync(["-o", file, .. _targets]);
        var parsed = await ConnectionsProcess.RunAsync("parse", file);
        var direct = await CollectAsync([.. _targets]);

        Assert.That(collected.ExitCode, Is.Zero, collected.Error);
        Assert.That(collected.Output, Does.StartWith("3 requests in "));
        Assert.That(parsed.ExitCode, Is.Zero, parsed.Error);
        Assert.That(parsed.Lines, Is.EquivalentTo(direct.Lines));
    }

    [Test]
    public async Task Requests_of_a_file_may_ask_for_different_things_and_a_bad_line_fails_alone()
    {
        var file = Path.Combine(_folder, "requests.jsonl");
        await File.WriteAllLinesAsync(file,
        [
            JsonSerializer.Serialize(new { id = "part", target = _targets[0], roots = new[] { $"{Table.Entry}.1" }, ranges = new[] { new { start = "2", stop = "4" } } }),
            "nonsense",
            JsonSerializer.Serialize(new { id = "one", target = _targets[1], kind = "get", roots = new[] { $"{Table.Entry}.3.5" } }),
        ]);

        var outcome = await ConnectionsProcess.RunAsync("collect", "--requests", file, "--json");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("line 2"));
        Assert.That(
            outcome.Json.Where(static line => line.TryGetProperty("oid", out _)).Select(static row => (row.GetProperty("request").GetString(), row.GetProperty("oid").GetString())),
            Is.EquivalentTo(new[] { ("part", $"{Table.Entry}.1.2"), ("part", $"{Table.Entry}.1.3"), ("one", $"{Table.Entry}.3.5") }));
    }

    [Test]
    public async Task Ctrl_C_ends_a_collection_that_waits_for_a_device()
    {
        var silent = _agent.Add(new SimulatedDeviceOptions { Name = "silent", Data = Table.ToData(), Loss = 1 }).EndPoint.ToString();
        using var collecting = ConnectionsProcess.Start("collect", "--root", $"{Table.Entry}", "--csv", "--timeout", "60", _targets[0], silent);
        for (var line = 0; line <= Table.Rows * Table.Columns; line++)
        {
            Assert.That(await collecting.ReadLineAsync(), line == 0 ? Does.StartWith("request,") : Does.StartWith(_targets[0]), "what has come is printed");
        }

        collecting.Signal(PosixSignal.SIGINT);

        (await collecting.EndAsync()).AssertFailed(130, "interrupted");
    }

    [Test]
    public async Task A_database_that_is_away_is_told_before_anything_is_collected() => (await ConnectionsProcess.RunWithAsync(
        new Dictionary<string, string?> { ["CONNECTIONS_DATABASE"] = "Host=127.0.0.1;Port=1;Username=nobody;Password=sesame;Database=results" },
        "collect", "--simulate", "3", "--database")).AssertFailed(1, "The database results at 127.0.0.1:1 cannot be used", "Connection refused", "See that it runs");

    [TestCase("collect")]
    [TestCase("collect", "192.0.2.1", "--simulate", "3")]
    [TestCase("collect", "192.0.2.1")]
    [TestCase("collect", "192.0.2.1", "--root", "1.3.6.1", "--root", "1.3.6.1.2")]
    [TestCase("collect", "--simulate", "3", "--json", "--csv")]
    [TestCase("collect", "--simulate", "3", "--database")]
    [TestCase("collect", "--requests", "/nowhere/at/all")]
    [TestCase("parse")]
    [TestCase("parse", "/nowhere/at/all")]
    [TestCase("parse", "/etc/hostname")]
    [TestCase("parse", "--queue", "collect")]
    [TestCase("parse", "results.blocks", "--follow")]
    [TestCase("parse", "results.blocks", "--count", "1")]
    [TestCase("parse", "--queue", "collect", "--idle", "1")]
    [TestCase("parse", "--queue", "collect", "--follow", "--idle", "0")]
    [TestCase("parse", "--queue", "collect", "--count", "0")]
    public async Task A_call_that_makes_no_sense_is_refused(params string[] arguments) =>
        (await ConnectionsProcess.RunAsync(arguments)).AssertFailed(2);

    private static Task<Outcome> CollectAsync(params IEnumerable<string> arguments) =>
        ConnectionsProcess.RunAsync(["collect", "--root", $"{Table.Entry}", .. arguments]);
}
