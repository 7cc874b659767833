using Connections.Collector.Monitoring;
using Connections.Collector.Pipeline;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Collector.Tests.Pipeline;

/// <summary>A request is acknowledged once its results are safe, and not before.</summary>
public sealed class CollectionPipelineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly SyntheticTable Table = new() { Rows = 10, Columns = 3 };

    private SnmpAgent _agent = null!;
    private SnmpEngine _engine = null!;
    private FakeSource _source = null!;
    private CollectorStatistics _statistics = null!;
    private CancellationTokenSource _stop = null!;
    private CancellationTokenSource _abort = null!;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        _engine = new SnmpEngine();
        _source = new FakeSource();
        _statistics = new CollectorStatistics();
        _stop = new CancellationTokenSource();
        _abort = new CancellationTokenSource();
    }

    [TearDown]
    public async Task EndAsync()
    {
        await _source.DisposeAsync();
        await _engine.DisposeAsync();
        await _agent.DisposeAsync();
        _stop.Dispose();
        _abort.Dispose();
    }

    [Test]
    public async Task Requests_are_acknowledged_once_their_block_is_safe()
    {
        var isSafe = new TaskCompletionSource();
        var isWritten = new TaskCompletionSource();
        await using var sink = new FakeSink((_, _) =>
        {
            isWritten.TrySetResult();
            return isSafe.Task;
        });
        _source.Add(Request("a"));
        _source.Complete();
        var running = RunAsync(sink);

        await isWritten.Task.WaitAsync(Limit);
        Assert.That(_source.Acknowledged, Is.Empty);
        isSafe.SetResult();
        await running;

        Assert.That(_source.Acknowledged, Is.EqualTo(new[] { "a" }));
        Assert.That(sink.Ended, Is.EqualTo(new[] { "a" }));
        Assert.That((_statistics.Succeeded, _statistics.Records), Is.EqualTo((1, Table.Rows * Table.Columns)));
    }

    [Test]
    public async Task A_request_whose_results_are_lost_is_given_back()
    {
        await using var sink = new FakeSink(static (_, _) => Task.FromException(new IOException("The disk is full.")));
        _source.Add(Request("a"));
        _source.Complete();

        await RunAsync(sink);

        Assert.That(_source.Acknowledged, Is.Empty);
        Assert.That(_source.Released, Is.EqualTo(new[] { "a" }));
        Assert.That((_statistics.Answered, _statistics.Released), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_request_in_several_blocks_of_which_one_is_lost_is_given_back()
    {
        var large = new SyntheticTable { Rows = 20_000, Columns = 2 };
        var blocks = 0;
        await using var sink = new FakeSink((_, _) => Interlocked.Increment(ref blocks) == 1 ? Task.FromException(new IOException("Lost.")) : Task.CompletedTask);
        _source.Add(Request("large", large));
        _source.Complete();

        await RunAsync(sink);

        Assert.That(blocks, Is.GreaterThan(1));
        Assert.That(_source.Released, Is.EqualTo(new[] { "large" }));
    }

    [Test]
    public async Task A_request_that_comes_again_while_it_runs_is_carried_out_once_and_acknowledged_twice()
    {
        var isSafe = new TaskCompletionSource();
        var isWritten = new TaskCompletionSource();
        await using var sink = new FakeSink((_, _) =>
        {
            isWritten.TrySetResult();
            return isSafe.Task;
        });
        var request = Request("a");
        _source.Add(request);
        var running = RunAsync(sink);
        await isWritten.Task.WaitAsync(Limit);

        _source.Add(request);
        await Eventually.UntilAsync(() => _statistics.Repeated == 1);
        _source.Complete();
        isSafe.SetResult();
        await running;

        Assert.That(_source.Acknowledged, Is.EqualTo(new[] { "a", "a" }));
        Assert.That(_statistics.Succeeded, Is.EqualTo(1));
    }

    [Test]
    public async Task A_device_that_does_not_answer_is_an_answer()
    {
        await using var sink = new FakeSink(static (_, _) => Task.CompletedTask);
        _source.Add(Request("dead", loss: 1));
        _source.Complete();

        await RunAsync(sink);

        Assert.That(_source.Acknowledged, Is.EqualTo(new[] { "dead" }));
        Assert.That(_statistics.Failed, Is.EqualTo(1));
    }

    [Test]
    public async Task Being_told_to_stop_finishes_what_was_begun()
    {
        var isWritten = new TaskCompletionSource();
        var isSafe = new TaskCompletionSource();
        await using var sink = new FakeSink((_, _) =>
        {
            isWritten.TrySetResult();
            return isSafe.Task;
        });
        _source.Add(Request("a"));
        var running = RunAsync(sink);
        await isWritten.Task.WaitAsync(Limit);

        await _stop.CancelAsync();
        isSafe.SetResult();
        await running;

        Assert.That(_source.Acknowledged, Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task What_is_not_safe_at_the_deadline_is_not_acknowledged()
    {
        var isWritten = new TaskCompletionSource();
        await using var sink = new FakeSink((_, token) =>
        {
            isWritten.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, token);
        });
        _source.Add(Request("a"));
        var running = RunAsync(sink);
        await isWritten.Task.WaitAsync(Limit);

        await _stop.CancelAsync();
        await _abort.CancelAsync();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_source.Acknowledged, Is.Empty);
    }

    private CollectRequest Request(string id, SyntheticTable? table = null, double loss = 0)
    {
        table ??= Table;
        var device = _agent.Add(new SimulatedDeviceOptions { Name = id, Data = table.ToData(), Loss = loss });
        return CollectRequest.Walk(id, device.EndPoint.ToString(), [.. Enumerable.Range(1, table.Columns).Select(column => table.Entry.Append((uint)column))]);
    }

    private Task RunAsync(FakeSink sink)
    {
        var snmp = new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(200), Retries = 2 };
        var collector = new SnmpCollector(new CollectTargets(_engine, snmp).FindAsync);
        var pipeline = new CollectionPipeline(_source, collector, sink, _statistics, TimeProvider.System, NullLogger.Instance);
        return pipeline.RunAsync(_stop.Token, _abort.Token).WaitAsync(Limit);
    }
}
