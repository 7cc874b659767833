namespace Connections.Tests.Locking.Schedules;

/// <summary>One thing that happens in a schedule, to the locks and to their models. Whoever reads it knows how to do it again.</summary>
internal abstract record Step
{
    /// <summary>Does it. False, and nothing is done, if what it is about is not there, because a step before was left out.</summary>
    public abstract bool TryRun(World world);
}
