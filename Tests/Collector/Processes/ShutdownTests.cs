using System.Diagnostics;
using Connections.Collector.Tests.Bus;
using Connections.Collector.Tests.Database;
using Connections.Snmp.Agent;

namespace Connections.Collector.Tests.Processes;

/// <summary>SIGTERM in full load: the collector ends within its deadline, and what it has acknowledged is stored.</summary>
public sealed class ShutdownTests : DatabaseFixture
{
    private const int Requests = 4_000;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly SyntheticTable Table = new() { Rows = 20, Columns = 5 };

    [TestCase(0)]
    [TestCase(400)]
    public async Task A_collector_that_is_told_to_stop_has_stored_what_it_acknowledged(int latencyMs)
    {
        await using var bus = new TestBus();
        await using var agent = new SnmpAgent();
        var template = new SimulatedDeviceOptions { Name = "device", Data = Table.ToData(), Latency = TimeSpan.FromMilliseconds(latencyMs) };
        var targets = agent.AddRange(template.Repeat(100)).Select(static device => device.EndPoint.ToString()).ToList();
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (number, _) =>
            await bus.SendAsync($"r{number}", targets[number % targets.Count], $"{Table.Entry}"));
        await using var collector = CollectorProcess.Start(SettingsOf(bus));
        await StoredAsync(100);

        var stopped = Stopwatch.GetTimestamp();
        collector.Stop();
        var (exitCode, _, error) = await collector.EndAsync();
        var took = Stopwatch.GetElapsedTime(stopped);

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(took, Is.LessThan(Deadline + Service.CollectorService.Grace));
        var left = await bus.CountAsync(bus.Settings.RequestQueue("default"));
        var stored = await QueryAsync<long>($"SELECT count(*) FROM {Settings.Requests}");
        Assert.That(left, Is.GreaterThan(0U), "it was stopped in full load");
        Assert.That(stored, Is.GreaterThanOrEqualTo(Requests - left), "what is not in the queue any more is in the database");
        Assert.That(
            await QueryAsync<long>($"SELECT count(*) FROM {Settings.Requests} r WHERE r.outcome = 'succeeded' AND r.records <> (SELECT count(*) FROM {Settings.Values} v WHERE v.request_id = r.request_id)"),
            Is.Zero,
            "each request that ended has all its values");
    }

    private Dictionary<string, string> SettingsOf(TestBus bus)
    {
        var settings = bus.CollectorSettings(sink: "Database");
        settings["Database__ConnectionString"] = Settings.ConnectionString;
        settings["Database__Values"] = Settings.Values;
        settings["Database__Requests"] = Settings.Requests;
        settings["StopWithin"] = Deadline.ToString();
        return settings;
    }

    private async Task StoredAsync(int requests)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await QueryAsync<bool>($"SELECT to_regclass('{Settings.Requests}') IS NULL")
            || await QueryAsync<long>($"SELECT count(*) FROM {Settings.Requests}") < requests)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
