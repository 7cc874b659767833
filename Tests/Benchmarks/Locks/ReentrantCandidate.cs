namespace Connections.Benchmarks.Locks;

/// <summary>A lock that its holder can enter again.</summary>
internal abstract class ReentrantCandidate : Candidate
{
    /// <summary>Enters once, and inside it enters and leaves so many times.</summary>
    public abstract Task NestAsync(int times);
}
