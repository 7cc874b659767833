using System.Runtime.CompilerServices;

namespace Connections.Pooling.Tests;

/// <summary>Reports of leases that are held too long.</summary>
public class LeakTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private FakeTime _time = null!;
    private RecordedLog _log = null!;

    [SetUp]
    public void SetUp() => (_time, _log) = (new FakeTime(), new RecordedLog());

    [Test]
    public async Task A_lease_held_too_long_is_reported_once_with_its_member_and_since_when()
    {
        await using var pool = await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(50));
        using var leaked = await pool.LeaseAsync(holder: "CollectAsync").BoundedAsync();
        var waiter = pool.LeaseAsync(holder: "WaitAsync").AsTask();

        _time.Advance(Minute - TimeSpan.FromSeconds(1));
        Assert.That(Reports, Is.Empty);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(10 * Minute);

        Assert.That(Reports, Is.EqualTo(new[]
        {
            "A worker of pool 'snmp' has been leased by CollectAsync for 60 s, since 0001-01-01T00:00:50.0000000+00:00; 1 wait",
        }));
        Assert.That(pool.GetStatistics().Leaked, Is.EqualTo(1));
        Assert.That(waiter.IsCompleted, Is.False);
    }

    [Test]
    public async Task The_next_lease_of_the_worker_is_reported_again_but_one_returned_in_time_is_not()
    {
        await using var pool = await StartAsync();
        foreach (var (member, seconds) in new[] { ("FirstAsync", 60), ("QuickAsync", 59), ("SecondAsync", 60) })
        {
            using var lease = await pool.LeaseAsync(holder: member).BoundedAsync();
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        _time.Advance(10 * Minute);

        Assert.That(Reports, Has.Exactly(2).Items.And.One.Contains("FirstAsync").And.One.Contains("SecondAsync"));
    }

    [Test]
    public async Task The_stack_of_the_borrower_is_told_on_request_also_where_it_had_to_wait()
    {
        await using var pool = await StartAsync(captureStacks: true);
        var first = await LeaseFromHereAsync(pool);
        var waiting = LeaseFromHereAsync(pool);
        first.Dispose();
        using var second = await waiting.BoundedAsync();

        _time.Advance(Minute);
        var error = Assert.ThrowsAsync<PoolTimeoutException>(() => pool.LeaseAsync(TimeSpan.Zero).BoundedAsync())!;

        Assert.That(Reports.Single(), Does.Contain(nameof(LeaseFromHereAsync)));
        Assert.That(error.Holders.Single().Stack!.ToString(), Does.Contain(nameof(LeaseFromHereAsync)));
    }

    private IReadOnlyCollection<string> Reports => _log.Messages;

    // A frame of its own on the stack, which the compiler would else merge into its caller's.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<WorkerLease<TestWorker>> LeaseFromHereAsync(WorkerPool<TestWorker> pool) => pool.LeaseAsync().BoundedAsync();

    private async Task<WorkerPool<TestWorker>> StartAsync(bool captureStacks = false)
    {
        var pool = new WorkerPool<TestWorker>(new TestPolicy(), new WorkerPoolOptions
        {
            Name = "snmp",
            LeakThreshold = Minute,
            CaptureStacks = captureStacks,
            TimeProvider = _time,
            Logger = _log,
        });
        await pool.StartAsync().BoundedAsync();
        return pool;
    }
}
