using System.Diagnostics;
using Connections.Locking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Tests.Locking;

/// <summary>What a lock tells about who holds it and who waits.</summary>
public sealed class DiagnosticsTests
{
    private FakeTime _time = null!;

    [SetUp]
    public void SetUp() => _time = new FakeTime();

    [Test]
    public async Task The_holder_is_named_with_its_flow_and_the_moment_since_when_it_holds()
    {
        var (rack, slot) = (Create("rack"), Create("slot"));
        using var inRack = await rack.LockAsync(member: "MaintainAsync");
        _time.Advance(TimeSpan.FromSeconds(3));
        using var inSlot = await slot.LockAsync(member: "RebootAsync");
        _time.Advance(TimeSpan.FromSeconds(2));

        var since = _time.GetUtcNow() - TimeSpan.FromSeconds(2);
        Assert.That(
            slot.Holder,
            Is.EqualTo(new LockHolder("RebootAsync", "MaintainAsync > RebootAsync", since, TimeSpan.FromSeconds(2), Waiting: 0)));
    }

    [Test]
    public async Task On_the_clock_of_the_system_the_holder_has_held_since_it_entered()
    {
        var slot = new ReentrantAsyncLock();
        using var held = await slot.LockAsync();

        Assert.That(slot.Holder!.Value.HeldFor, Is.LessThan(TimeSpan.FromMinutes(10)).And.GreaterThanOrEqualTo(TimeSpan.Zero));
        Assert.That(slot.Holder!.Value.Since, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(10)));
    }

    [Test]
    public async Task A_holder_that_stays_too_long_is_reported_once_while_it_still_holds()
    {
        var log = new RecordedLog();
        using var counted = new Measurements("connections.lock.long_holds");
        var slot = Create("slot", log);
        using var held = await slot.LockAsync(member: "RebootAsync");
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.That(log.Messages, Is.Empty);
        var waiting = EnterOutsideAsync(slot);

        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.That(log.Messages, Has.Count.EqualTo(1));
        Assert.That(log.Messages, Has.One.Contains("slot").And.One.Contains("RebootAsync for 10 s").And.One.Contains("1 wait"));
        Assert.That(counted.Values, Is.EqualTo(new double[] { 1 }));
        held.Dispose();
        (await waiting.Within()).Dispose();
    }

    [Test]
    public async Task Each_holder_has_the_whole_time_for_itself_and_a_free_lock_watches_nobody()
    {
        var log = new RecordedLog();
        var slot = Create("slot", log);
        (await slot.LockAsync()).Dispose();
        _time.Advance(TimeSpan.FromSeconds(8));
        var second = await slot.LockAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.That(log.Messages, Is.Empty);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(log.Messages, Has.Count.EqualTo(1));
        second.Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(_time.Pending, Is.Zero);
    }

    [Test]
    public void A_time_to_hold_that_no_timer_can_keep_is_refused() =>
        Assert.That(
            () => new LockOptions { LongHold = TimeSpan.Zero },
            Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task Waiting_and_holding_are_measured()
    {
        using var waits = new Measurements("connections.lock.wait");
        using var holds = new Measurements("connections.lock.hold");
        var slot = Create("slot");
        var first = await slot.LockAsync();
        var second = EnterOutsideAsync(slot);
        _time.Advance(TimeSpan.FromSeconds(2));
        first.Dispose();
        var inSlot = await second.Within();
        _time.Advance(TimeSpan.FromSeconds(3));
        inSlot.Dispose();

        Assert.That(waits.Values, Is.EqualTo(new double[] { 2 }));
        Assert.That(holds.Values, Is.EqualTo(new double[] { 2, 3 }));
    }

    [Test]
    public async Task What_became_of_a_wait_is_an_event_of_the_activity_that_waited()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Connections",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        var slot = Create("slot");
        using var cancellation = new CancellationTokenSource();
        using var activity = new Activity("collecting").Start();
        var first = await slot.LockAsync();
        var granted = EnterOutsideAsync(slot);
        var timedOut = EnterOutsideAsync(slot, TimeSpan.FromSeconds(1));
        var cancelled = EnterOutsideAsync(slot, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        Assert.That(() => cancelled.Within(), Throws.InstanceOf<OperationCanceledException>());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(() => timedOut.Within(), Throws.TypeOf<LockTimeoutException>());
        first.Dispose();
        (await granted.Within()).Dispose();

        Assert.That(
            activity.Events.Select(static happened => happened.Name),
            Is.EqualTo(new[] { "connections.lock.cancelled", "connections.lock.timeout", "connections.lock.granted" }));
        var tags = activity.Events.Last().Tags.ToDictionary();
        Assert.That(tags["connections.lock.name"], Is.EqualTo("slot"));
        Assert.That(tags["connections.lock.member"], Is.EqualTo(nameof(EnterOutsideAsync)));
        Assert.That(tags["connections.lock.wait"], Is.EqualTo(1.0));
    }

    /// <summary>Enters in a flow that holds nothing.</summary>
    private static Task<Releaser> EnterOutsideAsync(
        ReentrantAsyncLock which, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        using (ReentrantAsyncLock.Detach())
        {
            return EnterAsync();
        }

        async Task<Releaser> EnterAsync() =>
            await which.LockAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken, nameof(EnterOutsideAsync));
    }

    private ReentrantAsyncLock Create(string name, ILogger? logger = null) => new(new LockOptions
    {
        Name = name,
        TimeProvider = _time,
        LongHold = TimeSpan.FromSeconds(10),
        Logger = logger ?? NullLogger.Instance,
    });
}
