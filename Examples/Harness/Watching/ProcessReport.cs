namespace Connections.Harness.Watching;

/// <summary>What a process tells those who watch it, at one moment.</summary>
internal sealed record ProcessReport
{
    /// <summary>Its id.</summary>
    public required int ProcessId { get; init; }

    /// <summary>What it runs.</summary>
    public required string Command { get; init; }

    /// <summary>The name of its testbed.</summary>
    public required string Testbed { get; init; }

    /// <summary>How long it has run the testbed, in seconds; what its totals are to be compared by.</summary>
    public required double UpTime { get; init; }

    /// <summary>Its connections.</summary>
    public required IReadOnlyList<ConnectionReport> Connections { get; init; }

    /// <summary>Its pools.</summary>
    public required IReadOnlyList<PoolReport> Pools { get; init; }

    /// <summary>The totals of its meter by the names of the instruments, since it was watched at the latest; those of a histogram are its count and, with <c>.sum</c>, its sum.</summary>
    public required IReadOnlyDictionary<string, double> Totals { get; init; }
}
