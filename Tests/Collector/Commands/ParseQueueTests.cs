using System.Runtime.InteropServices;
using Connections.Collector.Bus;
using Connections.Collector.Tests.Bus;
using Connections.Collector.Tests.Database;
using Connections.Collector.Tests.Processes;
using Connections.Collector.Tests.Results;
using Connections.Harness.Tests;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Collector.Tests.Commands;

/// <summary><c>connections parse --queue</c>: results of a real broker become rows, and leave the queue once they are.</summary>
public sealed class ParseQueueTests : DatabaseFixture
{
    private static readonly SyntheticTable Table = new() { Rows = 6, Columns = 8 };
    private static readonly Dictionary<string, string?> Broker = new() { ["CONNECTIONS_BROKER"] = TestServer.RabbitMq };

    private TestBus _bus = null!;

    [SetUp]
    public void MakeQueues() => _bus = new TestBus();

    [TearDown]
    public async Task RemoveQueuesAsync() => await _bus.DisposeAsync();

    [Test]
    public async Task A_queue_of_results_becomes_rows_of_a_database()
    {
        await using var agent = new SnmpAgent();
        var targets = agent.AddRange(new SimulatedDeviceOptions { Name = "device", Data = Table.ToData() }.Repeat(3)).Select(static device => device.EndPoint.ToString()).ToList();
        await using var collector = CollectorProcess.Start(_bus.CollectorSettings());
        foreach (var target in targets)
        {
            await _bus.SendAsync($"{Settings.Values}/{target}", target, $"{Table.Entry}");
        }

        await UntilCountedAsync(_bus.Settings.RequestQueue("default"), static count => count == 0);
        await UntilCountedAsync(_bus.Settings.ResultQueue, static count => count > 0);
        collector.Stop();
        Assert.That((await collector.EndAsync()).ExitCode, Is.Zero);
        var outcome = await ConnectionsProcess.RunWithAsync(
            new Dictionary<string, string?>(Broker) { ["CONNECTIONS_DATABASE"] = TestServer.Postgres }, "parse", "--queue", _bus.Settings.Prefix, "--database");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM snmp_values WHERE request_id LIKE '{Settings.Values}/%'"), Is.EqualTo(3 * Table.Rows * Table.Columns));
        Assert.That(await _bus.CountAsync(_bus.Settings.ResultQueue), Is.Zero);
    }

    [Test]
    public async Task A_queue_is_followed_for_as_many_blocks_as_are_wanted()
    {
        await _bus.CountAsync(_bus.Settings.ResultQueue);
        using var parsing = ConnectionsProcess.StartWith(Broker, "parse", "--queue", _bus.Settings.Prefix, "--follow", "--count", "3", "--csv");

        for (var number = 1; number <= 3; number++)
        {
            await PublishAsync($"r{number}");
            if (number == 1)
            {
                Assert.That(await parsing.ReadLineAsync(), Does.StartWith("request,device"));
            }

            Assert.That(await parsing.ReadLineAsync(), Does.StartWith($"r{number},192.0.2.1,").And.Contains(",5,"));
        }

        var outcome = await parsing.EndAsync();
        Assert.That((outcome.ExitCode, outcome.Output), Is.EqualTo((0, "")), outcome.Error);
        Assert.That(await _bus.CountAsync(_bus.Settings.ResultQueue), Is.Zero);
    }

    [Test]
    public async Task Ctrl_C_ends_the_following_and_what_was_printed_has_left_the_queue()
    {
        await PublishAsync("r1");
        using var parsing = ConnectionsProcess.StartWith(Broker, "parse", "--queue", _bus.Settings.Prefix, "--follow", "--csv");
        await parsing.ReadLineAsync();
        Assert.That(await parsing.ReadLineAsync(), Does.StartWith("r1,"));

        parsing.Signal(PosixSignal.SIGINT);

        (await parsing.EndAsync()).AssertFailed(130, "interrupted");
        Assert.That(await _bus.CountAsync(_bus.Settings.ResultQueue), Is.Zero);
    }

    [Test]
    public async Task A_queue_is_followed_until_nothing_has_come_for_a_while()
    {
        await PublishAsync("r1");
        await PublishAsync("r2");

        var outcome = await ConnectionsProcess.RunWithAsync(Broker, "parse", "--queue", _bus.Settings.Prefix, "--follow", "--idle", "2", "--csv");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
        Assert.That(outcome.Lines.Skip(1).Select(static line => line.Split(',')[0]), Is.EqualTo(new[] { "r1", "r2" }));
        Assert.That(await _bus.CountAsync(_bus.Settings.ResultQueue), Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_block_whose_rows_are_not_written_stays_in_the_queue(bool follows)
    {
        await PublishAsync("r1");
        await PublishAsync("r2");
        await using (var reader = new RabbitBlockReader(_bus.Settings, NullLogger.Instance))
        {
            await using var blocks = (follows ? reader.FollowAsync(int.MaxValue, idle: null, CancellationToken.None) : reader.ReadAsync()).GetAsyncEnumerator();
            Assert.That(await blocks.MoveNextAsync().BoundedAsync(), Is.True);
            Assert.That(await blocks.MoveNextAsync().BoundedAsync(), Is.True, "the first one was done");
        }

        await UntilCountedAsync(_bus.Settings.ResultQueue, static count => count == 1);
        Assert.That((await _bus.TakeResultsAsync()).Select(static result => result.Id), Is.EqualTo(new[] { "r2" }));
    }

    [Test]
    public async Task Following_goes_on_once_a_queue_that_was_lost_is_there_again()
    {
        using var log = new RecordedLog();
        await PublishAsync("r1");
        await using var reader = new RabbitBlockReader(_bus.Settings, log);
        await using var blocks = reader.FollowAsync(int.MaxValue, idle: null, CancellationToken.None).GetAsyncEnumerator();
        Assert.That(await blocks.MoveNextAsync().BoundedAsync(), Is.True);
        var next = blocks.MoveNextAsync().AsTask();

        await _bus.DeleteAsync(_bus.Settings.ResultQueue);
        await Eventually.UntilAsync(() => log.Messages.Any(static message => message.Contains("NOT_FOUND", StringComparison.Ordinal)));
        await PublishAsync("r2");

        Assert.That(await next.BoundedAsync(), Is.True);
        Assert.That(blocks.Current.Requests.Single().Id, Is.EqualTo("r2"));
    }

    [Test]
    public async Task A_queue_that_does_not_exist_is_named() => (await ConnectionsProcess.RunWithAsync(Broker, "parse", "--queue", "tyop"))
        .AssertFailed(1, "The broker at 127.0.0.1:", "tyop.results", "the names of queues");

    [Test]
    public async Task A_broker_that_is_away_is_named_without_its_password() => Assert.That(
        (await AwayAsync("amqp://collector:sesame@127.0.0.1:1/", 1, "The broker at 127.0.0.1:1 cannot be used for results", "Connection refused", "See that it runs")).Error,
        Does.Not.Contain("sesame"));

    [Test]
    public async Task A_password_that_is_wrong_is_told() => Assert.That(
        (await AwayAsync(TestServer.RabbitMq.Replace("guest:guest", "guest:sesame", StringComparison.Ordinal), 1, "cannot be used", "ACCESS_REFUSED")).Error,
        Does.Not.Contain("sesame"));

    [Test]
    public Task An_address_that_is_none_is_refused() => AwayAsync("http://broker", 2, "CONNECTIONS_BROKER", "amqp://user:password@host:5672/");

    private static async Task<Outcome> AwayAsync(string broker, int exitCode, params string[] mentions)
    {
        var outcome = await ConnectionsProcess.RunWithAsync(new Dictionary<string, string?> { ["CONNECTIONS_BROKER"] = broker }, "parse", "--queue", "collect");
        outcome.AssertFailed(exitCode, mentions);
        return outcome;
    }

    private async Task PublishAsync(string id)
    {
        await using var sink = new RabbitBlockSink(_bus.Settings, NullLogger.Instance);
        using var block = Blocks.Of(id, SnmpValue.Integer32(5));
        await sink.WriteAsync(block, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task UntilCountedAsync(string queue, Func<uint, bool> condition)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        while (!condition(await _bus.CountAsync(queue)))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
