using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Waits that would never end by themselves, and those that only look like it.</summary>
public sealed class DeadlockTests
{
    private FakeTime _time = null!;
    private ReentrantAsyncLock _x = null!;
    private ReentrantAsyncLock _y = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTime();
        _x = Create("x");
        _y = Create("y");
    }

    [Test]
    [Breaking]
    public async Task Of_two_flows_that_enter_two_locks_in_opposite_order_the_younger_wait_fails_and_the_other_goes_on()
    {
        var (inX, inY) = (await EnterAsync(_x), await EnterAsync(_y));
        var older = EnterInsideAsync(inX, _y);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var younger = EnterInsideAsync(inY, _x);

        LookTwice();

        var error = Assert.ThrowsAsync<LockDeadlockException>(() => younger.Within());
        Assert.That(
            error!.Message,
            Does.Contain("the lock of x").And.Contain("the lock of y").And.Contain(nameof(EnterInsideAsync)).And.Contain("youngest"));
        Assert.That((error.Alias, error.Device), Is.EqualTo(("x", "r1")));
        inY.Dispose();
        (await older.Within()).Dispose();
        inX.Dispose();
        Assert.That((_x.Holder, _y.Holder), Is.EqualTo(((LockHolder?)null, (LockHolder?)null)));
    }

    [Test]
    [Breaking]
    public async Task A_cycle_of_three_is_broken_too()
    {
        var z = Create("z");
        var (inX, inY, inZ) = (await EnterAsync(_x), await EnterAsync(_y), await EnterAsync(z));
        var first = EnterInsideAsync(inX, _y);
        var second = EnterInsideAsync(inY, z);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var third = EnterInsideAsync(inZ, _x);

        LookTwice();

        Assert.That(() => third.Within(), Throws.TypeOf<LockDeadlockException>());
        inZ.Dispose();
        (await second.Within()).Dispose();
        inY.Dispose();
        (await first.Within()).Dispose();
        inX.Dispose();
    }

    [Test]
    [Breaking]
    public async Task A_fork_that_waits_inside_the_scope_of_its_parent_is_part_of_the_cycle()
    {
        var (inX, inY) = (await EnterAsync(_x), await EnterAsync(_y));
        var other = EnterInsideAsync(inY, _x);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var parent = ForkInsideAsync(inX, _y);
        await Bounded.Until(() => _y.Holder?.Waiting == 1);

        LookTwice();

        Assert.That(() => parent.Within(), Throws.TypeOf<LockDeadlockException>());
        inX.Dispose();
        (await other.Within()).Dispose();
        inY.Dispose();
    }

    [Test]
    [Breaking]
    public async Task Waiting_long_is_no_deadlock()
    {
        var (inX, inY) = (await EnterAsync(_x), await EnterAsync(_y));
        var chained = EnterInsideAsync(inY, _x);
        var behind = EnterAsync(_y);

        LookTwice();
        LookTwice();

        Assert.That((chained.IsCompleted, behind.IsCompleted), Is.EqualTo((false, false)));
        inX.Dispose();
        (await chained.Within()).Dispose();
        inY.Dispose();
        (await behind.Within()).Dispose();
    }

    [Test]
    [Breaking]
    public async Task A_cycle_that_has_not_stood_for_its_grace_is_left_alone()
    {
        var (inX, inY) = (await EnterAsync(_x), await EnterAsync(_y));
        using var cancellation = new CancellationTokenSource();
        var older = EnterInsideAsync(inX, _y);
        var younger = EnterInsideAsync(inY, _x, cancellationToken: cancellation.Token);

        _time.Advance(TimeSpan.FromSeconds(0.5));
        _time.Advance(TimeSpan.FromSeconds(0.49));

        Assert.That(younger.IsCompleted, Is.False);
        await cancellation.CancelAsync();
        Assert.That(() => younger.Within(), Throws.InstanceOf<OperationCanceledException>());
        inY.Dispose();
        (await older.Within()).Dispose();
        inX.Dispose();
    }

    [Test]
    [Breaking]
    public async Task A_wait_begun_before_another_lock_was_let_go_is_no_deadlock()
    {
        var (inX, inY) = (await EnterAsync(_x), await EnterAsync(_y));
        var first = EnterInsideAsync(inX, _y);
        inX.Dispose();
        var third = await EnterAsync(_x);
        var second = EnterInsideAsync(inY, _x);

        LookTwice();
        LookTwice();

        Assert.That((first.IsCompleted, second.IsCompleted), Is.EqualTo((false, false)));
        third.Dispose();
        (await second.Within()).Dispose();
        inY.Dispose();
        (await first.Within()).Dispose();
    }

    [Test]
    [Breaking]
    public async Task A_wait_with_a_timeout_is_not_thrown_out_of_but_its_timeout_tells_the_cycle()
    {
        var (inX, inY) = (await EnterAsync(_x), await EnterAsync(_y));
        var first = EnterInsideAsync(inX, _y, TimeSpan.FromSeconds(5));
        var second = EnterInsideAsync(inY, _x, TimeSpan.FromSeconds(9));

        LookTwice();
        Assert.That((first.IsCompleted, second.IsCompleted), Is.EqualTo((false, false)));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(() => first.Within(), Throws.TypeOf<LockTimeoutException>().With.Message.Contains("round in a circle"));
        inX.Dispose();
        (await second.Within()).Dispose();
        inY.Dispose();
    }

    [Test]
    [Breaking]
    public async Task A_lock_that_only_reports_counts_the_cycle_once_and_lets_it_stand()
    {
        (_x, _y) = (Create("x", OnDeadlock.Report), Create("y", OnDeadlock.Report));
        var (inX, inY) = (await EnterAsync(_x), await EnterAsync(_y));
        using var counted = new Measurements("connections.lock.deadlocks");
        using var cancellation = new CancellationTokenSource();
        var first = EnterInsideAsync(inX, _y);
        var second = EnterInsideAsync(inY, _x, cancellationToken: cancellation.Token);

        LookTwice();
        LookTwice();

        Assert.That(second.IsCompleted, Is.False);
        Assert.That(counted.Values, Has.Count.EqualTo(1));
        await cancellation.CancelAsync();
        Assert.That(() => second.Within(), Throws.InstanceOf<OperationCanceledException>());
        inY.Dispose();
        (await first.Within()).Dispose();
        inX.Dispose();
    }

    [Test]
    [Breaking]
    public async Task Nobody_looks_once_nobody_waits()
    {
        var holder = await EnterAsync(_x);
        var waiter = EnterAsync(_x);
        Assert.That(_time.Pending, Is.EqualTo(1));
        holder.Dispose();
        (await waiter.Within()).Dispose();

        LookTwice();

        Assert.That(_time.Pending, Is.Zero);
    }

    private static async Task<Releaser> EnterAsync(ReentrantAsyncLock which) => await which.LockAsync();

    /// <summary>Enters a lock in a flow that holds another one.</summary>
    private static async Task<Releaser> EnterInsideAsync(
        Releaser outer, ReentrantAsyncLock inner, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        outer.Attach();
        return await inner.LockAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private static async Task ForkInsideAsync(Releaser outer, ReentrantAsyncLock inner)
    {
        outer.Attach();
        using var entered = await Task.Run(() => EnterAsync(inner));
    }

    private ReentrantAsyncLock Create(string name, OnDeadlock onDeadlock = OnDeadlock.Throw) =>
        new(new LockOptions { Name = name, Alias = name, Device = "r1", TimeProvider = _time, OnDeadlock = onDeadlock });

    // The first look at a cycle whose waits are old enough makes it suspected, the second one certain.
    private void LookTwice()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(0.5));
    }
}
