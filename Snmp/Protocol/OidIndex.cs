using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Connections.Snmp.Protocol;

/// <summary>
/// What follows a root in the name of an instance: the index of a row (RFC 2578 section 7.7), of 0 to 126 arcs of 32 bits. Unlike an <see cref="Oid"/> it may
/// begin with any arc. Immutable, compared by value and ordered as an agent orders its rows. <see langword="default"/> is the index without arcs.
/// </summary>
public readonly struct OidIndex : IEquatable<OidIndex>, IComparable<OidIndex>
{
    /// <summary>The largest number of arcs: a root has two at least, and an OID 128 at most.</summary>
    public const int MaxArcs = Oid.MaxArcs - 2;

    private const int MaxOctetsPerArc = 5;

    private readonly byte[]? _octets;

    private OidIndex(byte[] octets) => _octets = octets;

    /// <summary>Makes an index from its arcs.</summary>
    /// <param name="arcs">At most 126.</param>
    /// <exception cref="ArgumentException">There are more.</exception>
    [SkipLocalsInit]
    public OidIndex(params ReadOnlySpan<uint> arcs)
    {
        if (arcs.Length > MaxArcs)
        {
            throw new ArgumentException($"An index has at most {MaxArcs} arcs, not {arcs.Length}.", nameof(arcs));
        }

        Span<byte> octets = stackalloc byte[MaxArcs * MaxOctetsPerArc];
        var length = 0;
        foreach (var arc in arcs)
        {
            length += EncodedOid.WriteSubIdentifier(arc, octets[length..]);
        }

        _octets = length == 0 ? null : octets[..length].ToArray();
    }

    /// <summary>The sub-identifiers as BER has them: seven bits an octet, in the fewest octets.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>The number of arcs, 0 to 126.</summary>
    public int Count => CountArcs(Octets);

    /// <summary>Whether there is no arc.</summary>
    public bool IsEmpty => _octets is null;

    /// <summary>The arc at a position.</summary>
    /// <param name="position">0 to <see cref="Count"/> - 1. The time it takes grows with it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arc.</exception>
    public uint this[int position]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(position);
            var left = position;
            var at = 0;
            while (EncodedOid.TryReadSubIdentifier(Octets, ref at, out var arc))
            {
                if (left-- == 0)
                {
                    return (uint)arc;
                }
            }

            throw new ArgumentOutOfRangeException(nameof(position), $"The index {this} has {Count} arcs.");
        }
    }

    /// <summary>Whether two indexes have the same arcs.</summary>
    public static bool operator ==(OidIndex left, OidIndex right) => left.Equals(right);

    /// <summary>Whether two indexes differ.</summary>
    public static bool operator !=(OidIndex left, OidIndex right) => !left.Equals(right);

    /// <summary>Whether the left index comes before the right one.</summary>
    public static bool operator <(OidIndex left, OidIndex right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left index comes before the right one, or equals it.</summary>
    public static bool operator <=(OidIndex left, OidIndex right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left index comes after the right one.</summary>
    public static bool operator >(OidIndex left, OidIndex right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left index comes after the right one, or equals it.</summary>
    public static bool operator >=(OidIndex left, OidIndex right) => left.CompareTo(right) >= 0;

    /// <summary>The index of an instance.</summary>
    /// <param name="root">An OID of two arcs at least, such as a table's column.</param>
    /// <param name="instance">An OID that starts with it.</param>
    /// <returns>What the instance has after the root.</returns>
    /// <exception cref="ArgumentException">The root has fewer than two arcs, or the instance does not start with it.</exception>
    public static OidIndex Of(in Oid root, in Oid instance)
    {
        if (root.Count < 2 || !instance.StartsWith(root))
        {
            throw new ArgumentException($"{instance} is no instance of {root}.", nameof(instance));
        }

        var octets = instance.Octets[root.Octets.Length..];
        return octets.IsEmpty ? default : new OidIndex(octets.ToArray());
    }

    /// <summary>Reads an index in digits and dots, such as <c>10.0.0.1</c>; the empty text is the index without arcs.</summary>
    /// <exception cref="SnmpParseException">The text is no index.</exception>
    public static OidIndex Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var index)
            ? index
            : throw new SnmpParseException($"'{text}' is no index: it must be at most {MaxArcs} numbers from 0 to 4294967295 with dots between them.");
    }

    /// <summary>Reads an index in digits and dots.</summary>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out OidIndex index)
    {
        Span<uint> arcs = stackalloc uint[MaxArcs];
        var count = 0;
        index = default;
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var part in text.Split('.'))
        {
            if (count == MaxArcs || !uint.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out arcs[count++]))
            {
                return false;
            }
        }

        index = new OidIndex(arcs[..count]);
        return true;
    }

    /// <summary>Makes an index from sub-identifiers as BER has them.</summary>
    /// <returns>Whether the octets are complete, minimal, at most 126 arcs of 32 bits.</returns>
    public static bool TryFromOctets(ReadOnlySpan<byte> octets, out OidIndex index)
    {
        var valid = IsCanonical(octets);
        index = valid && !octets.IsEmpty ? new OidIndex(octets.ToArray()) : default;
        return valid;
    }

    /// <summary>Copies the arcs.</summary>
    /// <param name="destination">At least <see cref="Count"/> arcs.</param>
    /// <returns><see cref="Count"/>.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int CopyTo(Span<uint> destination)
    {
        if (destination.Length < Count)
        {
            throw new ArgumentException($"The index {this} has {Count} arcs, the destination takes {destination.Length}.", nameof(destination));
        }

        var count = 0;
        var position = 0;
        while (EncodedOid.TryReadSubIdentifier(Octets, ref position, out var arc))
        {
            destination[count++] = (uint)arc;
        }

        return count;
    }

    /// <inheritdoc/>
    public int CompareTo(OidIndex other) => EncodedOid.Compare(Octets, other.Octets);

    /// <inheritdoc/>
    public bool Equals(OidIndex other) => Octets.SequenceEqual(other.Octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OidIndex other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Octets);
        return hash.ToHashCode();
    }

    /// <summary>The arcs in digits and dots.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var position = 0;
        while (EncodedOid.TryReadSubIdentifier(Octets, ref position, out var arc))
        {
            text.Append(text.Length == 0 ? "" : ".").Append(arc);
        }

        return text.ToString();
    }

    internal static int CountArcs(ReadOnlySpan<byte> octets)
    {
        var count = 0;
        foreach (var octet in octets)
        {
            if (octet < 0x80)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Whether octets of any origin are sub-identifiers that an index can hold.</summary>
    internal static bool IsCanonical(ReadOnlySpan<byte> octets)
    {
        for (var position = 0; position < octets.Length;)
        {
            if (octets[position] == 0x80 || !EncodedOid.TryReadSubIdentifier(octets, ref position, out var arc) || arc > uint.MaxValue)
            {
                return false;
            }
        }

        return octets.Length <= MaxArcs || CountArcs(octets) <= MaxArcs;
    }
}
