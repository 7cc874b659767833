namespace Connections.Benchmarks.Locks;

/// <summary>The limit for locks whose ownership follows the execution context.</summary>
internal sealed class LeastAmbientLockCandidate : Candidate
{
    private readonly LeastAmbientLock _lock = new();

    public override string Name => "the least that flows (limit)";

    public override async Task UseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using (await _lock.LockAsync().ConfigureAwait(false))
            {
            }
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
