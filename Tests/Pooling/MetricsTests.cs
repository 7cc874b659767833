using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Connections.Pooling.Tests;

/// <summary>What is seen of a pool from outside.</summary>
public class MetricsTests
{
    [Test]
    public async Task The_gauges_tell_the_state_of_each_open_pool_by_name_and_device()
    {
        using var figures = new Figures("gauged");
        var connected = new TaskCompletionSource();
        var policy = new TestPolicy { OnCreate = (attempt, _) => new ValueTask(attempt <= 3 ? Task.CompletedTask : connected.Task) };
        var pool = new WorkerPool<TestWorker>(policy, new WorkerPoolOptions { Name = "gauged", Device = "r1", Size = 4, MinSize = 3 });
        await pool.StartAsync().BoundedAsync();
        var held = await pool.LeaseAsync().BoundedAsync();

        Assert.That(figures.Observe(), Is.EquivalentTo(new[] { ("idle", 2.0), ("busy", 1.0), ("creating", 0.0), ("waiting", 0.0) }));
        WorkerLease<TestWorker>[] others = [await pool.LeaseAsync().BoundedAsync(), await pool.LeaseAsync().BoundedAsync()];
        var waiters = new[] { pool.LeaseAsync().AsTask(), pool.LeaseAsync().AsTask() };
        Assert.That(figures.Observe(), Is.EquivalentTo(new[] { ("idle", 0.0), ("busy", 3.0), ("creating", 1.0), ("waiting", 2.0) }));
        Assert.That(figures.Device, Is.EqualTo("r1"));

        connected.SetResult();
        foreach (var lease in others.Append(held))
        {
            lease.Dispose();
        }

        foreach (var waiter in waiters)
        {
            (await waiter.BoundedAsync()).Dispose();
        }

        await pool.DisposeAsync();
        Assert.That(figures.Observe(), Is.Empty);
    }

    [Test]
    public async Task Waits_uses_timeouts_deaths_and_leaks_are_recorded()
    {
        using var figures = new Figures("recorded");
        var time = new FakeTime();
        await using var pool = new WorkerPool<TestWorker>(
            new TestPolicy(), new WorkerPoolOptions { Name = "recorded", TimeProvider = time, LeakThreshold = TimeSpan.FromSeconds(4) });
        var held = await pool.LeaseAsync().BoundedAsync();
        var late = pool.LeaseAsync(TimeSpan.FromSeconds(2)).AsTask();
        var waiter = pool.LeaseAsync().AsTask();
        figures.Clear();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.ThrowsAsync<PoolTimeoutException>(() => late.BoundedAsync());
        time.Advance(TimeSpan.FromSeconds(3));

        held.MarkBroken();
        held.Dispose();
        (await waiter.BoundedAsync()).Dispose();

        Assert.That(figures.Recorded, Is.EqualTo(new[]
        {
            ("timeouts", 1.0), ("wait", 2.0), ("leaks", 1.0), ("use", 5.0), ("deaths", 1.0), ("wait", 5.0), ("use", 0.0),
        }));
    }

    [Test]
    public async Task A_wait_is_an_event_of_the_activity_in_which_the_caller_waited()
    {
        using var listener = Listen();
        using var source = new ActivitySource("Test");
        var time = new FakeTime();
        await using var pool = await Pools.StartAsync(new TestPolicy(), time: time);
        var held = await pool.LeaseAsync().BoundedAsync();
        using var activity = source.StartActivity("request")!;
        var waiter = WaitAsync(pool);
        time.Advance(TimeSpan.FromSeconds(3));
        held.Dispose();
        await waiter.BoundedAsync();

        var waited = activity.Events.Single();
        Assert.That(waited.Name, Is.EqualTo("connections.pool.granted"));
        Assert.That(waited.Tags, Is.SupersetOf(new Dictionary<string, object?>
        {
            ["connections.pool.name"] = "snmp",
            ["connections.device.name"] = "r1",
            ["connections.pool.member"] = "WaitAsync",
            ["connections.pool.wait"] = 3.0,
        }));

        static async Task WaitAsync(WorkerPool<TestWorker> pool) => (await pool.LeaseAsync(holder: nameof(WaitAsync))).Dispose();
    }

    [Test]
    public async Task The_event_of_a_wait_tells_how_it_ended()
    {
        using var listener = Listen();
        using var source = new ActivitySource("Test");
        var time = new FakeTime();
        var pool = await Pools.StartAsync(new TestPolicy(), time: time);
        using var held = await pool.LeaseAsync().BoundedAsync();
        using var cancelled = new CancellationTokenSource();
        using var activity = source.StartActivity("requests")!;

        var late = WaitAsync(pool, TimeSpan.FromSeconds(1), default);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.ThrowsAsync<PoolTimeoutException>(() => late.BoundedAsync());
        var unwanted = WaitAsync(pool, Timeout.InfiniteTimeSpan, cancelled.Token);
        await cancelled.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => unwanted.BoundedAsync());
        var refused = WaitAsync(pool, Timeout.InfiniteTimeSpan, default);
        await pool.DisposeAsync();
        Assert.ThrowsAsync<PoolClosedException>(() => refused.BoundedAsync());

        Assert.That(
            activity.Events.Select(static waited => waited.Name["connections.pool.".Length..]), Is.EqualTo(new[] { "timeout", "cancelled", "failed" }));

        static async Task WaitAsync(WorkerPool<TestWorker> pool, TimeSpan timeout, CancellationToken cancellationToken) =>
            (await pool.LeaseAsync(timeout, cancellationToken)).Dispose();
    }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "Connections" or "Test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>What the meter tells of the pool of one name.</summary>
    private sealed class Figures : IDisposable
    {
        private const string Prefix = "connections.pool.";

        private readonly MeterListener _listener = new();
        private readonly string _pool;

        public Figures(string pool)
        {
            _pool = pool;
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Connections" && instrument.Name.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
            _listener.Start();
        }

        public List<(string Name, double Value)> Recorded { get; } = [];

        public string? Device { get; private set; }

        public void Clear() => Recorded.Clear();

        public List<(string Name, double Value)> Observe()
        {
            Clear();
            _listener.RecordObservableInstruments();
            return [.. Recorded];
        }

        public void Dispose() => _listener.Dispose();

        private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var known = tags.ToArray().ToDictionary();
            if (Equals(known["connections.pool.name"], _pool))
            {
                Device = known["connections.device.name"] as string;
                Recorded.Add((instrument.Name[Prefix.Length..], value));
            }
        }
    }
}
