namespace Connections.Collector.Requests;

/// <summary>How a request is carried out, as it travels. What is left out is as the collector is set up.</summary>
internal sealed record RequestOptionsMessage
{
    /// <summary>How long the first attempt waits, 0.001 to 3600 s; it needs <see cref="Retries"/>.</summary>
    public double? Timeout { get; init; }

    /// <summary>How often a request is sent again, 0 to 100; it needs <see cref="Timeout"/>.</summary>
    public int? Retries { get; init; }

    /// <summary>When the whole request ends at the latest, 0.001 to 86400 s after its start.</summary>
    public double? Deadline { get; init; }

    /// <summary>How many rows a reply holds at most, 1 to 65535.</summary>
    public int? MaxRepetitions { get; init; }

    /// <summary>How many of its ranges are walked at once, at least 1.</summary>
    public int? Concurrency { get; init; }

    /// <summary>How many records it brings at most in each of its ranges, at least 1.</summary>
    public long? MaxRecords { get; init; }

    /// <summary>Whether walks use GETBULK.</summary>
    public bool? Bulk { get; init; }

    /// <summary>Whether walks go on where OIDs do not increase.</summary>
    public bool? ToleratesNonIncreasing { get; init; }
}
