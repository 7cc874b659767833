namespace Connections.Snmp.Protocol;

public readonly partial struct Oid : IComparable<Oid>, IComparable
{
    /// <summary>Whether two OIDs have the same arcs.</summary>
    public static bool operator ==(in Oid left, in Oid right) => left.Equals(right);

    /// <summary>Whether two OIDs differ.</summary>
    public static bool operator !=(in Oid left, in Oid right) => !left.Equals(right);

    /// <summary>Whether the left OID comes before the right one.</summary>
    public static bool operator <(in Oid left, in Oid right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left OID comes before the right one, or equals it.</summary>
    public static bool operator <=(in Oid left, in Oid right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left OID comes after the right one.</summary>
    public static bool operator >(in Oid left, in Oid right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left OID comes after the right one, or equals it.</summary>
    public static bool operator >=(in Oid left, in Oid right) => left.CompareTo(right) >= 0;

    /// <summary>Whether the first arcs of this OID are those of a root; every OID starts with itself and with the OID without arcs.</summary>
    /// <param name="root">The root.</param>
    /// <returns>Whether this OID lies in the root's subtree or is the root.</returns>
    public bool StartsWith(in Oid root)
    {
        if (IsSingleArc)
        {
            return root.IsEmpty || Equals(root);
        }

        return !IsEmpty ? root.IsRootOf(Octets) : root.IsEmpty;
    }

    // The same for a name that is not decoded: canonical content octets, at least one.
    internal bool IsRootOf(ReadOnlySpan<byte> name)
    {
        if (!IsSingleArc)
        {
            return name.StartsWith(Octets);
        }

        // The first sub-identifier is below 40 under arc 0, below 80 under arc 1, and any other under arc 2.
        var firstArc = Math.Min(name[0] / 40, 2);
        return firstArc == Octets[0] / 40;
    }

    // The order against a name that is not decoded: canonical content octets, at least one.
    internal bool IsBefore(ReadOnlySpan<byte> name)
    {
        var order = EncodedOid.Compare(Octets, name);
        return order < 0 || (order == 0 && IsSingleArc);
    }

    /// <inheritdoc/>
    public bool Equals(Oid other) =>
        _array is null
            ? other._array is null && _inline.First == other._inline.First && _inline.Second == other._inline.Second && _inline.Third == other._inline.Third
            : other._array is not null && _array.AsSpan().SequenceEqual(other._array);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Oid other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_array is null)
        {
            return HashCode.Combine(_inline.First, _inline.Second, _inline.Third);
        }

        var hash = default(HashCode);
        hash.AddBytes(_array);
        return hash.ToHashCode();
    }

    /// <summary>Compares lexicographically, arc by arc, the order in which an agent walks its objects.</summary>
    /// <param name="other">The OID to compare with.</param>
    /// <returns>Below zero where this OID comes first, zero where both are equal, else above zero.</returns>
    public int CompareTo(Oid other)
    {
        var order = EncodedOid.Compare(Octets, other.Octets);

        // A single arc has the octets of the same arc followed by a zero, and comes before it.
        return order != 0 ? order : other.IsSingleArc.CompareTo(IsSingleArc);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The other object is not an OID.</exception>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Oid other => CompareTo(other),
        _ => throw new ArgumentException($"An OID is compared with OIDs only, not with a {obj.GetType().Name}.", nameof(obj)),
    };
}
