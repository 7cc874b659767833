using System.Runtime.Versioning;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync;

/// <summary>Waiting for the lock within a process.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HybridLockWaitTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMicroseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LocksOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [Test]
    public void A_wait_that_is_over_says_who_has_the_lock()
    {
        var (owner, waiter) = (_locks.Open(), _locks.Open());
        owner.Lock();

        var error = Assert.Throws<HybridLockTimeoutException>(() => waiter.Lock(Soon));

        Assert.That(error!.Message, Does.Contain(_locks.Name).And.Contain("0.0005 s").And.Contain($"process {Environment.ProcessId} "));
        Assert.That(error.Status!.Owner!.Process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That(error.IsTransient, Is.True);
        Assert.That(() => waiter.Lock(TimeSpan.Zero), Throws.TypeOf<HybridLockTimeoutException>());
        Assert.That(async () => await waiter.LockAsync(TimeSpan.Zero), Throws.TypeOf<HybridLockTimeoutException>());
        Assert.That(async () => await waiter.LockAsync(Soon), Throws.TypeOf<HybridLockTimeoutException>());
        Assert.That(() => waiter.Lock(TimeSpan.FromMilliseconds(-2)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(async () => await waiter.LockAsync(TimeSpan.FromMilliseconds(-2)), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task A_wait_can_be_cancelled()
    {
        var (owner, waiter) = (_locks.Open(), _locks.Open());
        owner.Lock();
        using var cancellation = new CancellationTokenSource();
        var waiting = LocksOfTest.StartThread(() => waiter.Lock(cancellation.Token));
        var awaiting = waiter.LockAsync(cancellation.Token).AsTask();
        await _locks.WaitersAsync(1);

        await cancellation.CancelAsync();

        Assert.That(() => waiting.WaitAsync(Patience), Throws.TypeOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        Assert.That(() => awaiting.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => waiter.Lock(cancellation.Token), Throws.TypeOf<OperationCanceledException>());
        Assert.That(async () => await waiter.LockAsync(cancellation.Token), Throws.TypeOf<OperationCanceledException>());
        Assert.That(() => LockNames.StatusOf(_locks.Name)!.Waiters, Is.Empty.After(30).Seconds.PollEvery(5).MilliSeconds);
        owner.Unlock();
        Assert.That(waiter.TryLock(out _), Is.True);
    }

    [Test]
    public async Task One_who_leaves_lets_those_fail_who_wait_by_it()
    {
        var (owner, waiter) = (_locks.Open(), _locks.Open());
        owner.Lock();
        var waiting = LocksOfTest.StartThread(() => waiter.Lock());
        var awaiting = Enumerable.Range(0, 3).Select(_ => waiter.LockAsync().AsTask()).ToArray();
        await _locks.WaitersAsync(1);

        waiter.Dispose();

        Assert.That(() => waiting.WaitAsync(Patience), Throws.TypeOf<ObjectDisposedException>());
        foreach (var one in awaiting)
        {
            Assert.That(() => one.WaitAsync(Patience), Throws.TypeOf<ObjectDisposedException>());
        }

        Assert.That(owner.IsHeld, Is.True);
        Assert.That(() => waiter.TryLock(out _), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => waiter.Lock(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await waiter.LockAsync(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(waiter.Unlock, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Many_threads_and_many_who_await_never_have_the_lock_at_once()
    {
        var rounds = Connections.Tests.Thoroughness.Choose(300, 20_000);
        var (first, second) = (_locks.Open(), _locks.Open());
        var (inside, most, entries) = (0, 0, 0);
        void Visit()
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            entries++;
            Interlocked.Decrement(ref inside);
        }

        var threads = new[] { first, second }.Select(used => LocksOfTest.StartThread(() =>
        {
            for (var i = 0; i < rounds; i++)
            {
                using var hold = used.Lock();
                Visit();
            }
        }));
        var tasks = new[] { first, first, second }.Select(used => Task.Run(async () =>
        {
            for (var i = 0; i < rounds; i++)
            {
                using var hold = await used.LockAsync();
                Visit();
            }
        }));
        await Task.WhenAll([.. threads, .. tasks]).WaitAsync(TimeSpan.FromMinutes(5));

        Assert.That((most, entries), Is.EqualTo((1, 5 * rounds)));
    }

    [Test]
    public async Task Those_who_await_are_served_in_the_order_in_which_they_asked()
    {
        const int Count = 20;
        var (owner, used) = (_locks.Open(), _locks.Open());
        var hold = owner.Lock();
        var waits = new List<Task<HybridLockHold>>();
        for (var i = 0; i < Count; i++)
        {
            waits.Add(used.LockAsync(Patience).AsTask());
        }

        hold.Dispose();
        for (var i = 0; i < Count; i++)
        {
            var served = await waits[i].WaitAsync(Patience);
            Assert.That(waits.Skip(i + 1).Any(static later => later.IsCompleted), Is.False);
            served.Dispose();
        }
    }

    [Test]
    public async Task One_who_gives_up_in_the_queue_leaves_the_others_their_places()
    {
        var (owner, used) = (_locks.Open(), _locks.Open());
        var hold = owner.Lock();
        using var cancellation = new CancellationTokenSource();
        var head = used.LockAsync(cancellation.Token).AsTask();
        var second = used.LockAsync().AsTask();
        var late = used.LockAsync(TimeSpan.FromMilliseconds(1)).AsTask();
        var middle = used.LockAsync(cancellation.Token).AsTask();
        var last = used.LockAsync().AsTask();
        await _locks.WaitersAsync(1);

        Assert.That(() => late.WaitAsync(Patience), Throws.TypeOf<HybridLockTimeoutException>());
        await cancellation.CancelAsync();
        Assert.That(() => head.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => middle.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        hold.Dispose();

        (await second.WaitAsync(Patience)).Dispose();
        (await last.WaitAsync(Patience)).Dispose();
    }

    [Test]
    public async Task A_grant_and_a_cancellation_that_meet_never_lose_the_lock()
    {
        var rounds = Connections.Tests.Thoroughness.Choose(200, 20_000);
        var (owner, used) = (_locks.Open(), _locks.Open());
        var granted = 0;
        for (var i = 0; i < rounds; i++)
        {
            var hold = owner.Lock(Patience);
            using var cancellation = new CancellationTokenSource();
            var waiting = used.LockAsync(cancellation.Token).AsTask();
            var cancelling = Task.Run(cancellation.Cancel);
            hold.Dispose();
            await cancelling.WaitAsync(Patience);
            try
            {
                (await waiting.WaitAsync(Patience)).Dispose();
                granted++;
            }
            catch (OperationCanceledException)
            {
                Assert.That(waiting.IsCanceled, Is.True);
            }
        }

        Assert.That(granted, Is.InRange(0, rounds));
        using var last = owner.Lock(Patience);
        Assert.That(last.IsHeld && !last.PreviousOwnerDied, Is.True);
    }
}
