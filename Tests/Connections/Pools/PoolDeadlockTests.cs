using Connections.Locking;
using Connections.Pooling;
using Connections.Pools;
using Connections.Tests.Devices;
using Connections.Tests.Locking;

namespace Connections.Tests.Pools;

/// <summary>Waits for a lock and for a worker of a pool that would never end by themselves, and those that only look like it.</summary>
public sealed class PoolDeadlockTests
{
    private FakeTime _time = null!;
    private ReentrantAsyncLock _lock = null!;
    private EchoDevice _line = null!;
    private Device _device = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTime();
        _lock = new ReentrantAsyncLock(new LockOptions { Name = "the rack", TimeProvider = _time });
        _line = new EchoDevice();
        _device = Lab.Device(_line, new DeviceOptions { TimeProvider = _time });
    }

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    [Test]
    [Breaking]
    public async Task The_younger_wait_of_a_lock_and_a_pool_of_one_in_opposite_order_fails_and_the_other_goes_on()
    {
        await using var pool = await ConnectAsync("echo", 1);
        var (rack, worker) = (await EnterAsync(), await LeaseAsync(pool));
        var older = EnterInsideAsync(worker);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var younger = LeaseInsideAsync(rack, pool);

        LookTwice();

        var error = Assert.ThrowsAsync<LockDeadlockException>(() => younger.Within());
        Assert.That(error!.Message, Does.Contain("the lock of the rack").And.Contain("a worker of the pool 'echo' of device 'r1'"));
        Assert.That((error.Alias, error.Device), Is.EqualTo(("echo", "r1")));
        rack.Dispose();
        (await older.Within()).Dispose();
        await worker.DisposeAsync();
    }

    [Test]
    [Breaking]
    public async Task A_wait_for_a_lock_fails_where_it_is_the_younger_one()
    {
        await using var pool = await ConnectAsync("echo", 1);
        var (rack, worker) = (await EnterAsync(), await LeaseAsync(pool));
        var older = LeaseInsideAsync(rack, pool);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var younger = EnterInsideAsync(worker);

        LookTwice();

        Assert.That(() => younger.Within(), Throws.TypeOf<LockDeadlockException>());
        worker.Dispose();
        (await older.Within()).Dispose();
        rack.Dispose();
    }

    [Test]
    [Breaking]
    public async Task Two_pools_leased_in_opposite_order_are_a_deadlock()
    {
        await using var first = await ConnectAsync("first", 1);
        await using var second = await ConnectAsync("second", 1);
        var (ofFirst, ofSecond) = (await LeaseAsync(first), await LeaseAsync(second));
        var older = LeaseInsideAsync(ofFirst, second);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var younger = LeaseInsideAsync(ofSecond, first);

        LookTwice();

        Assert.That(() => younger.Within(), Throws.TypeOf<LockDeadlockException>());
        ofSecond.Dispose();
        (await older.Within()).Dispose();
        ofFirst.Dispose();
    }

    [Test]
    [Breaking]
    public async Task A_pool_is_knotted_only_once_every_holder_of_a_worker_is_blocked()
    {
        await using var pool = await ConnectAsync("echo", 2);
        var (rack, one, other) = (await EnterAsync(), await LeaseAsync(pool), await LeaseAsync(pool));
        var blocked = EnterInsideAsync(one);
        var waiting = LeaseInsideAsync(rack, pool);

        LookTwice();
        LookTwice();
        Assert.That((blocked.IsCompleted, waiting.IsCompleted), Is.EqualTo((false, false)), "the other worker may be returned");

        var alsoBlocked = EnterInsideAsync(other);
        LookTwice();

        var error = Assert.ThrowsAsync<LockDeadlockException>(() => alsoBlocked.Within());
        Assert.That(error!.Message, Does.Match("which Lease\\w+ has held for [0-9.]+ s, Lease\\w+ has held"));
        other.Dispose();
        (await waiting.Within()).Dispose();
        rack.Dispose();
        (await blocked.Within()).Dispose();
        one.Dispose();
    }

    [Test]
    [Breaking]
    public async Task Waiting_long_for_a_pool_whose_holders_work_is_no_deadlock()
    {
        await using var pool = await ConnectAsync("echo", 2);
        var (one, other) = (await LeaseAsync(pool), await LeaseAsync(pool));
        var rack = await EnterAsync();
        var waiting = LeaseInsideAsync(rack, pool);
        var behind = EnterAsync();

        LookTwice();
        LookTwice();

        Assert.That((waiting.IsCompleted, behind.IsCompleted), Is.EqualTo((false, false)));
        one.Dispose();
        (await waiting.Within()).Dispose();
        rack.Dispose();
        (await behind.Within()).Dispose();
        other.Dispose();
    }

    [Test]
    [Breaking]
    public async Task A_worker_that_is_being_created_is_worth_waiting_for()
    {
        await using var pool = await ConnectAsync("echo", 1);
        var (rack, worker) = (await EnterAsync(), await LeaseAsync(pool));
        var created = new TaskCompletionSource();
        _line.Opening = created.Task;
        worker.Client.Lose();
        worker.Dispose();
        var waiting = LeaseInsideAsync(rack, pool);

        LookTwice();
        LookTwice();

        Assert.That(waiting.IsCompleted, Is.False);
        created.SetResult();
        (await waiting.Within()).Dispose();
        rack.Dispose();
    }

    [Test]
    [Breaking]
    public async Task The_timeout_of_a_lease_that_could_not_have_come_tells_why()
    {
        await using var pool = await ConnectAsync("echo", 1);
        var (rack, worker) = (await EnterAsync(), await LeaseAsync(pool));
        using var cancellation = new CancellationTokenSource();
        var first = LeaseInsideAsync(rack, pool, TimeSpan.FromSeconds(5));
        var second = EnterInsideAsync(worker, TimeSpan.FromSeconds(9));

        LookTwice();
        Assert.That((first.IsCompleted, second.IsCompleted), Is.EqualTo((false, false)));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(
            () => first.Within(),
            Throws.TypeOf<PoolTimeoutException>().With.Message.Contains("It could not have come").And.Message.Contains("the lock of the rack"));
        rack.Dispose();
        (await second.Within()).Dispose();
        worker.Dispose();
    }

    [Test]
    [Breaking]
    public async Task Nobody_looks_once_nobody_waits_for_a_worker()
    {
        await using var pool = await ConnectAsync("echo", 1);
        var worker = await LeaseAsync(pool);
        var waiter = LeaseAsync(pool);
        Assert.That(_time.Pending, Is.EqualTo(1));
        worker.Dispose();
        (await waiter.Within()).Dispose();

        LookTwice();

        Assert.That(_time.Pending, Is.Zero);
    }

    private async Task<IManagedConnection> ConnectAsync(string alias, int size)
    {
        var settings = new ConnectionSettings { DeviceName = "r1", Alias = alias, PoolSize = size };
        IManagedConnection pool = new ConnectionPool(settings, typeof(EchoConnection), () => new EchoConnection(settings, _line), _device);
        await pool.ConnectAsync(CancellationToken.None).Within();
        return pool;
    }

    private async Task<Releaser> EnterAsync() => await _lock.LockAsync();

    private static async Task<ConnectionLease<EchoConnection>> LeaseAsync(IManagedConnection pool, TimeSpan? timeout = null) =>
        await pool.LeaseAsync<EchoConnection>(timeout, nameof(LeaseAsync), CancellationToken.None);

    /// <summary>Enters the lock in a flow that holds a worker.</summary>
    private async Task<Releaser> EnterInsideAsync(ConnectionLease<EchoConnection> outer, TimeSpan? timeout = null)
    {
        outer.Attach();
        return await _lock.LockAsync(timeout ?? Timeout.InfiniteTimeSpan);
    }

    /// <summary>Leases a worker in a flow that holds the lock.</summary>
    private static async Task<ConnectionLease<EchoConnection>> LeaseInsideAsync(Releaser outer, IManagedConnection pool, TimeSpan? timeout = null)
    {
        outer.Attach();
        return await LeaseAsync(pool, timeout);
    }

    private static async Task<ConnectionLease<EchoConnection>> LeaseInsideAsync(ConnectionLease<EchoConnection> outer, IManagedConnection pool)
    {
        outer.Attach();
        return await LeaseAsync(pool);
    }

    // The first look at waits that are old enough makes a deadlock suspected, the second one certain.
    private void LookTwice()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(0.5));
    }
}
