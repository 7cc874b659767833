namespace Connections.Benchmarks.Locks;

/// <summary>A lock that blocks its thread; contended, each of its users is a thread.</summary>
internal abstract class SynchronousCandidate : ReentrantCandidate
{
    public sealed override Task UseAsync(int times)
    {
        Use(times);
        return Task.CompletedTask;
    }

    public sealed override Task NestAsync(int times)
    {
        Nest(times);
        return Task.CompletedTask;
    }

    // A thread of its own: threads of the pool, once blocked, would be replaced by new ones after a while, and that be measured too.
    public sealed override Task HoldAsync(int times) =>
        Task.Factory.StartNew(() => Hold(times), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Enters and leaves, so many times.</summary>
    protected abstract void Use(int times);

    /// <summary>Enters once, and inside it enters and leaves so many times.</summary>
    protected abstract void Nest(int times);

    /// <summary>Enters and leaves, and inside gives way to the other threads.</summary>
    protected abstract void Hold(int times);
}
