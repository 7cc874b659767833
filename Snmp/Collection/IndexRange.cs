using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>A part of a table by its index: from a first index to the one before a last one. Either end may be open. Immutable.</summary>
/// <remarks>Indexes are ordered as an agent orders its rows: arc by arc, the shorter one first. So 5 to 6 holds 5, 5.1 and 5.1.2.</remarks>
public readonly record struct IndexRange
{
    /// <summary>Makes a range.</summary>
    /// <param name="start">The first index in it; <see langword="null"/> for the table's beginning.</param>
    /// <param name="stop">The first index past it; <see langword="null"/> for the table's end.</param>
    /// <exception cref="ArgumentException">The stop does not come after the start, so that the range is empty.</exception>
    public IndexRange(OidIndex? start, OidIndex? stop)
    {
        if (stop is { } end && end <= start.GetValueOrDefault())
        {
            throw new ArgumentException($"The range from {start} to {stop} is empty: its stop must come after its start.", nameof(stop));
        }

        Start = start;
        Stop = stop;
    }

    /// <summary>The first index in the range; <see langword="null"/> for the table's beginning.</summary>
    public OidIndex? Start { get; }

    /// <summary>The first index past the range; <see langword="null"/> for the table's end.</summary>
    public OidIndex? Stop { get; }

    /// <summary>Makes a range of two indexes in digits and dots; <see langword="null"/> leaves an end open.</summary>
    /// <exception cref="SnmpParseException">A text is no index.</exception>
    /// <exception cref="ArgumentException">The range is empty.</exception>
    public static IndexRange Parse(string? start, string? stop) =>
        new(start is null ? null : OidIndex.Parse(start), stop is null ? null : OidIndex.Parse(stop));

    /// <summary>Whether an index lies in the range.</summary>
    public bool Contains(OidIndex index) => (Start is not { } start || index >= start) && (Stop is not { } stop || index < stop);

    /// <summary>The same indexes in the fewest ranges, in order. No range at all stands for the whole table.</summary>
    public static IReadOnlyList<IndexRange> Merge(IEnumerable<IndexRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var merged = new List<IndexRange>();
        foreach (var range in ranges.OrderBy(static range => range.Start.GetValueOrDefault()))
        {
            if (merged.Count > 0 && merged[^1] is var last && (last.Stop is not { } end || range.Start.GetValueOrDefault() <= end))
            {
                merged[^1] = new IndexRange(last.Start, Later(last.Stop, range.Stop));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    /// <summary>The form <c>[start, stop)</c>.</summary>
    public override string ToString() => $"[{Start}, {Stop})";

    private static OidIndex? Later(OidIndex? left, OidIndex? right) =>
        left is not { } one || right is not { } other ? null : one > other ? one : other;
}
