using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Connections.Snmp.Protocol;

/// <summary>
/// An object identifier: up to 128 arcs of 32 bits (RFC 2578 section 3.5). Immutable, compared and hashed by value, ordered
/// lexicographically by arcs, safe to use from any thread. <see langword="default"/> is the OID without arcs.
/// </summary>
/// <remarks>
/// It holds its BER content octets (X.690 section 8.19): up to 23 in the value itself, more in an array of its own, so that most
/// OIDs allocate nothing and are compared and sent without decoding. OIDs with fewer than two arcs have no encoding of their own; on
/// the wire the missing arcs are zeros.
/// </remarks>
public readonly partial struct Oid : IEquatable<Oid>
{
    /// <summary>The largest number of arcs of an OID.</summary>
    public const int MaxArcs = 128;

    // In octets. The first two arcs share a sub-identifier.
    internal const int MaxEncodedLength = (MaxArcs - 1) * LongestArc;

    private const int LongestArc = 5;

    private const int InlineCapacity = 23;
    private const byte SingleArcMark = 0x81;

    private readonly byte[]? _array;
    private readonly InlineOctets _inline;

    /// <summary>Makes an OID from its arcs.</summary>
    /// <param name="arcs">At most 128; the first is at most 2, the second at most 39 unless the first is 2.</param>
    /// <exception cref="ArgumentException">The arcs are no OID; the message says which rule they break.</exception>
    [SkipLocalsInit]
    public Oid(params ReadOnlySpan<uint> arcs)
    {
        var writer = new OidArcWriter(stackalloc byte[MaxEncodedLength]);
        ThrowIf(writer.Add(arcs), nameof(arcs));
        this = writer.ToOid();
    }

    private Oid(byte[] array) => _array = array;

    private Oid(ReadOnlySpan<byte> octets, byte mark)
    {
        octets.CopyTo(_inline.Octets);
        _inline.Mark = mark;
    }

    private Oid(in Oid above, uint arc)
    {
        this = above;
        _inline.Mark += (byte)EncodedOid.WriteSubIdentifier(arc, _inline.Octets[above._inline.Mark..]);
    }

    /// <summary>The number of arcs, 0 to 128.</summary>
    public int Count => IsSingleArc ? 1 : EncodedOid.CountArcs(Octets);

    /// <summary>Whether this is the OID without arcs, <see langword="default"/>.</summary>
    public bool IsEmpty => _array is null && _inline.Mark == 0;

    /// <summary>The number of BER content octets, without tag and length; at least 1.</summary>
    public int EncodedLength => Math.Max(Octets.Length, 1);

    /// <summary>The OID without its last arc.</summary>
    /// <exception cref="InvalidOperationException">The OID has no arcs.</exception>
    public Oid Parent => GetParent();

    // The canonical content octets; none for the OID without arcs.
    [UnscopedRef]
    internal ReadOnlySpan<byte> Octets => _array is not null ? _array : _inline.Span[..(_inline.Mark & 0x7F)];

    internal bool IsSingleArc => _array is null && _inline.Mark == SingleArcMark;

    /// <summary>The arc at a position.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1. The time it takes grows with it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arc.</exception>
    public uint this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            var reader = new OidArcReader(Octets, IsSingleArc);
            while (reader.TryRead(out var arc))
            {
                if (index-- == 0)
                {
                    return arc;
                }
            }

            throw new ArgumentOutOfRangeException(nameof(index), $"The OID {this} has {Count} arcs.");
        }
    }

    /// <summary>Makes an OID from BER content octets as a peer sent them: padded sub-identifiers are accepted and made minimal, and no octets
    /// at all are taken for 0.0.</summary>
    /// <param name="octets">The content, without tag and length.</param>
    /// <param name="oid">The OID, or <see langword="default"/>.</param>
    /// <returns>Whether the octets are an OID of at most 128 arcs of 32 bits.</returns>
    [SkipLocalsInit]
    public static bool TryFromEncoded(ReadOnlySpan<byte> octets, out Oid oid)
    {
        if (EncodedOid.IsCanonical(octets))
        {
            oid = FromCanonical(octets);
            return true;
        }

        if (octets.IsEmpty)
        {
            octets = [0];
        }

        Span<byte> canonical = stackalloc byte[MaxEncodedLength];
        var valid = EncodedOid.TryNormalise(octets, canonical, out var length);
        oid = valid ? FromCanonical(canonical[..length]) : default;
        return valid;
    }

    /// <summary>Copies the BER content octets, without tag and length.</summary>
    /// <param name="destination">At least <see cref="EncodedLength"/> octets.</param>
    /// <returns><see cref="EncodedLength"/>.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int CopyEncodedTo(Span<byte> destination)
    {
        var octets = EncodedOid.OnTheWire(this);
        octets.CopyTo(destination);
        return octets.Length;
    }

    /// <summary>Copies the arcs.</summary>
    /// <param name="destination">At least <see cref="Count"/> arcs.</param>
    /// <returns><see cref="Count"/>.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int CopyTo(Span<uint> destination)
    {
        if (destination.Length < Count)
        {
            throw new ArgumentException($"The OID {this} has {Count} arcs, the destination takes {destination.Length}.", nameof(destination));
        }

        var reader = new OidArcReader(Octets, IsSingleArc);
        var count = 0;
        while (reader.TryRead(out var arc))
        {
            destination[count++] = arc;
        }

        return count;
    }

    /// <summary>The OID followed by further arcs.</summary>
    /// <param name="arcs">The arcs to add.</param>
    /// <returns>The longer OID.</returns>
    /// <exception cref="ArgumentException">The result is no OID; the message says why.</exception>
    [SkipLocalsInit]
    public Oid Append(params ReadOnlySpan<uint> arcs)
    {
        var writer = new OidArcWriter(stackalloc byte[MaxEncodedLength]);
        writer.Start(this);
        ThrowIf(writer.Add(arcs), nameof(arcs));
        return writer.ToOid();
    }

    /// <summary>The OID followed by another arc, if it has two at least and both surely stay within the value itself; that is quicker, and nothing can be wrong.</summary>
    internal bool TryAppendInline(uint arc, out Oid longer)
    {
        var fits = _inline.Mark is > 0 and <= InlineCapacity - LongestArc;
        longer = fits ? new Oid(this, arc) : default;
        return fits;
    }

    /// <summary>The OID, which has at least two arcs, followed by those of an index.</summary>
    /// <exception cref="ArgumentException">Both together have more than 128 arcs.</exception>
    [SkipLocalsInit]
    internal Oid Append(OidIndex index)
    {
        Span<byte> octets = stackalloc byte[MaxEncodedLength * 2];
        var length = Octets.Length + index.Octets.Length;
        Octets.CopyTo(octets);
        index.Octets.CopyTo(octets[Octets.Length..]);
        return EncodedOid.CountArcs(octets[..length]) <= MaxArcs
            ? FromCanonical((ReadOnlySpan<byte>)octets[..length])
            : throw new ArgumentException($"The index {index} after {this} makes more than {MaxArcs} arcs.", nameof(index));
    }

    // The content octets in an array that nobody changes: the OID's own where it has one.
    internal byte[] GetEncoded() => _array ?? (IsEmpty ? [0] : Octets.ToArray());

    internal static Oid FromCanonical(byte[] octets) =>
        octets.Length > InlineCapacity ? new Oid(octets) : new Oid(octets, (byte)octets.Length);

    internal static Oid FromCanonical(ReadOnlySpan<byte> octets) =>
        octets.Length > InlineCapacity ? new Oid(octets.ToArray()) : new Oid(octets, (byte)octets.Length);

    internal static Oid FromSingleArc(uint arc) => new([(byte)(arc * 40)], SingleArcMark);

    private static void ThrowIf(OidFault fault, string parameter)
    {
        if (fault != OidFault.None)
        {
            throw new ArgumentException($"The arcs are not an OID: {Describe(fault)}.", parameter);
        }
    }

    private Oid GetParent()
    {
        if (IsEmpty)
        {
            throw new InvalidOperationException("The OID without arcs has no parent.");
        }

        if (IsSingleArc)
        {
            return default;
        }

        var octets = Octets;
        var end = octets.Length - 1;
        while (end > 0 && octets[end - 1] >= 0x80)
        {
            end--;
        }

        return end == 0 ? FromSingleArc(this[0]) : FromCanonical(octets[..end]);
    }

    // Three words, so that equality and hashing need no loop. The last octet is a mark: the number of octets, or the sign of a single arc.
    [StructLayout(LayoutKind.Sequential)]
    private struct InlineOctets
    {
        public ulong First;
        public ulong Second;
        public ulong Third;

        [UnscopedRef]
        public readonly ReadOnlySpan<byte> Span => MemoryMarshal.AsBytes(new ReadOnlySpan<InlineOctets>(in this));

        [UnscopedRef]
        public Span<byte> Octets => MemoryMarshal.AsBytes(new Span<InlineOctets>(ref this));

        public byte Mark
        {
            readonly get => Span[InlineCapacity];
            set => Octets[InlineCapacity] = value;
        }
    }
}
