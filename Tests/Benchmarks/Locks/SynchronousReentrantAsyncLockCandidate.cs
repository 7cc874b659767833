using Connections.Locking;

namespace Connections.Benchmarks.Locks;

/// <summary>The lock itself, entered synchronously.</summary>
internal sealed class SynchronousReentrantAsyncLockCandidate : SynchronousCandidate
{
    private readonly ReentrantAsyncLock _lock = new();

    public override string Name => "ReentrantAsyncLock.Lock";

    protected override void Use(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using (_lock.Lock())
            {
            }
        }
    }

    protected override void Nest(int times)
    {
        using (_lock.Lock())
        {
            Use(times);
        }
    }

    protected override void Hold(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using (_lock.Lock())
            {
                Thread.Yield();
            }
        }
    }
}
