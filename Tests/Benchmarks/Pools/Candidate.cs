namespace Connections.Benchmarks.Pools;

/// <summary>One way to share a few workers, and the loop that is timed.</summary>
internal abstract class Candidate
{
    public const int Workers = 5;

    public abstract string Name { get; }

    /// <summary>Takes a worker and gives it back, so many times; it completes synchronously while workers are free.</summary>
    public abstract Task UseAsync(int times);

    /// <summary>The same, but gives way to the other tasks while it has the worker, and notes how long it waited for it.</summary>
    public abstract Task HoldAsync(int times, WaitLog waits);
}
