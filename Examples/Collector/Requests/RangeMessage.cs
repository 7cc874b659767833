namespace Connections.Collector.Requests;

/// <summary>A part of a table as it travels: from a first index to the one before a last one, in digits and dots; either may be left out.</summary>
internal sealed record RangeMessage
{
    public string? Start { get; init; }

    public string? Stop { get; init; }
}
