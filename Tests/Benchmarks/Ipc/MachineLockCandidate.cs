namespace Connections.Benchmarks.Ipc;

/// <summary>
/// One way to exclude other processes, by a name that the processes share. The same class runs in each of them; the loops are what is timed.
/// </summary>
internal abstract class MachineLockCandidate : IDisposable
{
    /// <summary>Every candidate, opened for one name: HybridLock, the named Mutex, flock, the POSIX semaphore.</summary>
    public static MachineLockCandidate[] All(string name) =>
        [new HybridLockCandidate(name), new NamedMutexCandidate(name), new FileLockCandidate(name), new PosixSemaphoreCandidate(name)];

    /// <summary>Enters and leaves, so many times.</summary>
    public abstract void Use(int times);

    public abstract void Dispose();
}
