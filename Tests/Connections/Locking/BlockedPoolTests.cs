using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Synchronous waits while every thread of the pool is blocked: they need none of those threads to end.</summary>
[NonParallelizable]
public sealed class BlockedPoolTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ReentrantAsyncLock _lock = new();

    [Test]
    [Breaking]
    public void Threads_hand_the_lock_to_each_other()
    {
        using var pool = new BlockedPool();
        var counter = 0;

        var threads = Enumerable.Range(0, 4).Select(_ => Flows.StartThread(Count)).ToArray();

        Assert.That(Task.WaitAll(threads, Limit), Is.True, "a grant needed a thread of the pool");
        Assert.That(counter, Is.EqualTo(4 * 1_000));

        void Count()
        {
            for (var round = 0; round < 1_000; round++)
            {
                using (_lock.Lock())
                {
                    counter++;
                }
            }
        }
    }

    [TestCase(0)]
    [TestCase(10)]
    [Breaking]
    public void A_timeout_ends_a_wait(int milliseconds)
    {
        using var held = _lock.EnterOutside();
        using var pool = new BlockedPool();

        var waiting = Flows.StartThread(() => _lock.Lock(TimeSpan.FromMilliseconds(milliseconds)));

        Assert.That(() => waiting.Wait(Limit), Throws.InnerException.TypeOf<LockTimeoutException>());
    }

    [Test]
    [Breaking]
    public void A_cancellation_ends_a_wait()
    {
        using var held = _lock.EnterOutside();
        using var cancellation = new CancellationTokenSource();
        using var pool = new BlockedPool();
        var waiting = Flows.StartThread(() => _lock.Lock(cancellation.Token));
        Assert.That(SpinWait.SpinUntil(() => _lock.Holder?.Waiting == 1, Limit), Is.True);

        cancellation.Cancel();

        Assert.That(() => waiting.Wait(Limit), Throws.InnerException.InstanceOf<OperationCanceledException>());
    }
}
