namespace Connections.Benchmarks.Locks;

/// <summary>One way to exclude others, and the loops that are timed.</summary>
internal abstract class Candidate
{
    public abstract string Name { get; }

    /// <summary>Enters and leaves, so many times; completes synchronously while nobody else enters.</summary>
    public abstract Task UseAsync(int times);

    /// <summary>The same, but gives way to the other tasks while inside.</summary>
    public abstract Task HoldAsync(int times);
}
