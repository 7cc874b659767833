using System.Globalization;
using System.Text.Json;
using Connections.Harness.Labs;
using Connections.Snmp.Agent;

namespace Connections.Collector.Tests.Scale;

/// <summary>Collections that are larger than what they take: one command, as a process of its own, whose blocks are checked by a program that shares nothing with it.</summary>
public sealed class LargeCollectionTests
{
    private const int Models = 61;

    private string _folder = null!;
    private string _blocks = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("connections-collect-").FullName;
        _blocks = Path.Combine(_folder, "results.blocks");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Four_million_values_of_four_thousand_devices_are_collected_by_one_command_in_300_MB()
    {
        const int Devices = 4_000, Rows = 50, Columns = 20;

        var measured = await CollectAsync(
            "--simulate", Text(Devices), "--rows", Text(Rows), "--columns", Text(Columns), "--timeout", "5", "-o", _blocks, "--json");
        var summary = JsonDocument.Parse(measured.GetProperty("output").GetString()!).RootElement;
        var verified = await Script.RunAsync("verify.py", _blocks, Text(Rows), Text(Columns), Text(Models), Text(Devices));

        await TestContext.Out.WriteLineAsync($"{measured.GetProperty("peakKilobytes").GetInt64() / 1024} MB at most; {summary}");
        Assert.That(verified.GetProperty("values").GetInt64(), Is.EqualTo((long)Devices * Rows * Columns));
        Assert.That(verified.GetProperty("whole").GetInt32(), Is.EqualTo(Devices));
        Assert.That(summary.GetProperty("succeeded").GetInt32(), Is.EqualTo(Devices));
        Assert.That(measured.GetProperty("peakKilobytes").GetInt64(), Is.LessThan(300 * 1024));
        Assert.That(measured.GetProperty("shown").GetString(), Does.Match("collect: [0-9]+ of 4000 requests, 0 failed, [1-9][0-9]* records"));
    }

    [Test]
    public async Task A_table_of_a_million_rows_is_collected_in_ranges_by_several_workers_in_150_MB()
    {
        const int Rows = 1_000_000, Parts = 40, Workers = 4;
        await using var agent = new SnmpAgent();
        var table = new SyntheticTable { Rows = Rows, Columns = 1 };
        var device = agent.Add(new SimulatedDeviceOptions { Name = "device", Data = table.ToData() });
        var requests = Path.Combine(_folder, "requests.jsonl");
        await File.WriteAllLinesAsync(requests, Enumerable.Range(0, Parts).Select(part => JsonSerializer.Serialize(new
        {
            id = $"device-1/{part}",
            target = device.EndPoint.ToString(),
            roots = new[] { $"{table.Entry}.1" },
            ranges = new[] { new { start = Text(1 + part * (Rows / Parts)), stop = Text(1 + (part + 1) * (Rows / Parts)) } },
        })));

        var measured = await CollectAsync("--requests", requests, "--per-device", Text(Workers), "--timeout", "5", "--reply-size", "8192", "-o", _blocks, "--json");
        var verified = await Script.RunAsync("verify.py", _blocks, Text(Rows), "1", "1", "1");

        await TestContext.Out.WriteLineAsync($"{measured.GetProperty("peakKilobytes").GetInt64() / 1024} MB at most; {measured.GetProperty("output")}");
        Assert.That(verified.GetProperty("values").GetInt64(), Is.EqualTo(Rows));
        Assert.That(verified.GetProperty("whole").GetInt32(), Is.EqualTo(1));
        Assert.That(measured.GetProperty("peakKilobytes").GetInt64(), Is.LessThan(150 * 1024));
    }

    private static async Task<JsonElement> CollectAsync(params IEnumerable<string> arguments)
    {
        var measured = await Script.RunAsync("measure.py", ["dotnet", typeof(Selection).Assembly.Location, "collect", .. arguments]);
        Assert.That(measured.GetProperty("exitCode").GetInt32(), Is.Zero, measured.ToString());
        return measured;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
