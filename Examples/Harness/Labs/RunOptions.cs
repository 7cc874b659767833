namespace Connections.Harness.Labs;

/// <summary>How commands are run on devices.</summary>
internal sealed record RunOptions
{
    /// <summary>How many devices are worked on at once.</summary>
    internal int Parallel { get; init; } = int.MaxValue;

    /// <summary>Whether the first failure ends all that has not ended.</summary>
    internal bool FailFast { get; init; }

    /// <summary>How often what failed is tried again, if that may help.</summary>
    internal int Retries { get; init; }

    internal CommandTimes Times { get; init; }
}
