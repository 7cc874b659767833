using System.Diagnostics;
using Connections.Collector.Tests.Processes;
using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Tests.Servers;

namespace Connections.Collector.Tests.Bus;

/// <summary>Collectors that share requests over a real broker, and lose none, whoever dies.</summary>
public sealed class SharedWorkTests
{
    private const int Requests = 10_000;
    private const int Devices = 200;
    private const int Collectors = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly SyntheticTable Table = new() { Rows = 5, Columns = 4 };

    [TestCase(1)]
    [TestCase(Collectors)]
    public async Task Collectors_share_four_thousand_devices(int count)
    {
        const int Many = 4_000;
        using var limit = new CancellationTokenSource(Limit);
        await using var bus = new TestBus();
        await using var agent = new SnmpAgent();
        var targets = Targets(agent, Many, TimeSpan.FromMilliseconds(500));
        var answered = new Dictionary<string, int>();
        var collectors = Enumerable.Range(0, count).Select(_ => CollectorProcess.Start(bus.CollectorSettings())).ToList();
        var began = 0L;
        try
        {
            while (await bus.CountConsumersAsync() < count)
            {
                limit.Token.ThrowIfCancellationRequested();
            }

            began = Stopwatch.GetTimestamp();
            await SendAsync(bus, targets, Many, limit.Token);
            await TakeUntilAsync(bus, answered, Many, limit.Token);
        }
        finally
        {
            await EndAsync(collectors);
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await TestContext.Out.WriteLineAsync($"{count} collectors, {Many} devices that take 500 ms to answer: {seconds:0.0} s, {Many / seconds:0} devices/s, {Many * Table.Rows * Table.Columns / seconds:0} values/s");
        Assert.That(answered.Values, Is.All.EqualTo(1), "where nothing fails, nothing is done twice");
    }

    [Test]
    public async Task Four_collectors_answer_every_request_although_one_is_killed_and_the_broker_restarts()
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var bus = new TestBus();
        await using var agent = new SnmpAgent();
        var targets = Targets(agent, Devices, TimeSpan.FromMilliseconds(100));
        var answered = new Dictionary<string, int>();
        await SendAsync(bus, targets, Requests, limit.Token);
        var collectors = Enumerable.Range(0, Collectors).Select(_ => CollectorProcess.Start(bus.CollectorSettings())).ToList();
        try
        {
            await TakeUntilAsync(bus, answered, Requests / 10, limit.Token);
            collectors[0].Kill();
            await TakeUntilAsync(bus, answered, Requests / 4, limit.Token);
            await ServerControl.RestartAsync(TestServer.RabbitMqControl);
            Assert.That(answered, Has.Count.LessThan(Requests), "both come in the middle of the work");
            await TakeUntilAsync(bus, answered, Requests, limit.Token);

            foreach (var collector in collectors.Skip(1))
            {
                collector.Stop();
                var (exitCode, _, error) = await collector.EndAsync();
                Assert.That(exitCode, Is.Zero, error);
                Assert.That(error, Does.Contain("answered"));
            }
        }
        finally
        {
            await EndAsync(collectors);
        }

        Assert.That(answered.Keys, Is.EquivalentTo(Enumerable.Range(0, Requests).Select(static number => $"r{number}")));
        Assert.That(await bus.CountAsync(bus.Settings.RequestQueue("default")), Is.Zero);
        Assert.That(await bus.TakeDeadLetterAsync(), Is.Null);
        await TestContext.Out.WriteLineAsync($"{answered.Values.Sum() - Requests} of {Requests} requests were answered more than once");
    }

    private static async Task EndAsync(IEnumerable<CollectorProcess> collectors)
    {
        foreach (var collector in collectors)
        {
            await collector.DisposeAsync();
        }
    }

    private static List<string> Targets(SnmpAgent agent, int count, TimeSpan latency) =>
        [.. agent.AddRange(new SimulatedDeviceOptions { Name = "device", Data = Table.ToData(), Latency = latency }.Repeat(count)).Select(static device => device.EndPoint.ToString())];

    // Many at once, since each waits for the broker's confirmation.
    private static Task SendAsync(TestBus bus, List<string> targets, int count, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        count,
        new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = cancellationToken },
        async (number, _) => await bus.SendAsync($"r{number}", targets[number % targets.Count], $"{Table.Entry}"));

    private static async Task TakeUntilAsync(TestBus bus, Dictionary<string, int> answered, int count, CancellationToken cancellationToken)
    {
        while (answered.Count < count)
        {
            Assert.That(cancellationToken.IsCancellationRequested, Is.False, $"{answered.Count} of {count} are answered");
            foreach (var (id, records, result) in await bus.TakeResultsAsync(count - answered.Count))
            {
                Assert.That((result.Outcome, records), Is.EqualTo((CollectOutcome.Succeeded, (long)Table.Rows * Table.Columns)), id);
                answered[id] = answered.GetValueOrDefault(id) + 1;
            }
        }
    }
}
