using Connections.Locking;

namespace Connections.Benchmarks.Locks;

/// <summary>The lock itself, entered asynchronously.</summary>
internal sealed class ReentrantAsyncLockCandidate : ReentrantCandidate
{
    private readonly ReentrantAsyncLock _lock = new();

    public override string Name => "ReentrantAsyncLock";

    public override async Task UseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using (await _lock.LockAsync().ConfigureAwait(false))
            {
            }
        }
    }

    public override async Task NestAsync(int times)
    {
        using (await _lock.LockAsync().ConfigureAwait(false))
        {
            await UseAsync(times).ConfigureAwait(false);
        }
    }

    public override async Task HoldAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using (await _lock.LockAsync().ConfigureAwait(false))
            {
                await Task.Yield();
            }
        }
    }
}
