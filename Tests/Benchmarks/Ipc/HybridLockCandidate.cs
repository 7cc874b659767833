using Connections.Native.Sync;

namespace Connections.Benchmarks.Ipc;

/// <summary>The project's own lock.</summary>
internal sealed class HybridLockCandidate(string name) : MachineLockCandidate
{
    private readonly HybridLock _lock = new(name);

    public override void Use(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _lock.Lock();
            _lock.Unlock();
        }
    }

    public override void Dispose() => _lock.Dispose();
}
