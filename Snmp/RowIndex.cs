using System.Globalization;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>
/// Which row of a table: the arcs that an instance's OID has after its column (RFC 2578 section 7.7), such as 3 of interface 3. Ordered as an agent walks.
/// Immutable.
/// </summary>
public readonly struct RowIndex : IEquatable<RowIndex>, IComparable<RowIndex>
{
    private readonly uint[]? _arcs;

    private RowIndex(uint[] arcs) => _arcs = arcs;

    /// <summary>The arcs; none where the column is itself an instance.</summary>
    public ReadOnlySpan<uint> Arcs => _arcs;

    /// <summary>Whether two indexes have the same arcs.</summary>
    public static bool operator ==(RowIndex left, RowIndex right) => left.Equals(right);

    /// <summary>Whether two indexes differ.</summary>
    public static bool operator !=(RowIndex left, RowIndex right) => !left.Equals(right);

    /// <summary>Whether the left index comes before the right one.</summary>
    public static bool operator <(RowIndex left, RowIndex right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left index comes before the right one, or equals it.</summary>
    public static bool operator <=(RowIndex left, RowIndex right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left index comes after the right one.</summary>
    public static bool operator >(RowIndex left, RowIndex right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left index comes after the right one, or equals it.</summary>
    public static bool operator >=(RowIndex left, RowIndex right) => left.CompareTo(right) >= 0;

    /// <summary>The index of an instance.</summary>
    /// <param name="column">The column's OID.</param>
    /// <param name="instance">An OID that starts with it.</param>
    /// <returns>What the instance has after the column.</returns>
    /// <exception cref="ArgumentException">The instance does not start with the column.</exception>
    public static RowIndex Of(in Oid column, in Oid instance)
    {
        if (!instance.StartsWith(column))
        {
            throw new ArgumentException($"{instance} is no instance of {column}.", nameof(instance));
        }

        Span<uint> arcs = stackalloc uint[Oid.MaxArcs];
        var count = instance.CopyTo(arcs);
        return new RowIndex(arcs[column.Count..count].ToArray());
    }

    /// <inheritdoc/>
    public bool Equals(RowIndex other) => Arcs.SequenceEqual(other.Arcs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RowIndex other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var arc in Arcs)
        {
            hash.Add(arc);
        }

        return hash.ToHashCode();
    }

    /// <summary>Compares arc by arc; of two where one begins with the other, the shorter one comes first.</summary>
    public int CompareTo(RowIndex other) => Arcs.SequenceCompareTo(other.Arcs);

    /// <summary>The arcs in decimal with points between them; empty where there is none.</summary>
    public override string ToString() => string.Join('.', (_arcs ?? []).Select(static arc => arc.ToString(CultureInfo.InvariantCulture)));
}
