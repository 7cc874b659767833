using System.Numerics;
using System.Runtime.Intrinsics;

namespace Connections.Snmp.Protocol;

/// <summary>
/// Work on the BER content octets of OIDs, without decoding them to arcs. Octets are canonical when every sub-identifier is complete,
/// minimal and in range and there are at most 128 arcs; comparisons expect canonical octets on both sides.
/// </summary>
internal static class EncodedOid
{
    // 2.4294967295 is the largest pair of arcs that the first sub-identifier may carry.
    private const ulong MaxFirstSubIdentifier = 80 + (ulong)uint.MaxValue;

    // The bit of each octet of a word that says that its sub-identifier goes on in the next.
    private const ulong GoesOn = 0x8080_8080_8080_8080;

    private const int OctetsPerVector = 16;

    private static ReadOnlySpan<byte> ZeroDotZero => [0];

    /// <summary>What is sent for an OID: its octets, or those of 0.0 for the OID without arcs, which has none.</summary>
    public static ReadOnlySpan<byte> OnTheWire(in Oid oid) => oid.IsEmpty ? ZeroDotZero : oid.Octets;

    /// <summary>Whether octets from the network can be used as they are.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> octets)
    {
        if (octets.Length is < sizeof(ulong) or > 2 * OctetsPerVector)
        {
            return AreArcsCanonical(octets);
        }

        // One bit an octet: does its sub-identifier go on, is it 0x80? Four that go on in a row may be too large, which takes a closer look.
        var (goesOn, padding) = Classify(octets);
        var starts = ~(goesOn << 1);
        if ((padding & starts) != 0 || (goesOn >> (octets.Length - 1)) != 0)
        {
            return false;
        }

        var longRuns = goesOn & (goesOn >> 1) & (goesOn >> 2) & (goesOn >> 3);
        return longRuns == 0 || AreArcsCanonical(octets);
    }

    /// <summary>Drops the padding (leading 0x80) that some agents send; fails where there is more wrong than that.</summary>
    /// <param name="octets">Octets from the network.</param>
    /// <param name="canonical">At least <see cref="Oid.MaxEncodedLength"/> octets.</param>
    /// <param name="length">How many were written.</param>
    public static bool TryNormalise(ReadOnlySpan<byte> octets, Span<byte> canonical, out int length)
    {
        length = 0;
        var arcs = 1;
        for (var position = 0; position < octets.Length; arcs++)
        {
            var limit = position == 0 ? MaxFirstSubIdentifier : uint.MaxValue;
            if (arcs == Oid.MaxArcs || !TryReadSubIdentifier(octets, ref position, out var subIdentifier) || subIdentifier > limit)
            {
                return false;
            }

            length += WriteSubIdentifier(subIdentifier, canonical[length..]);
        }

        return true;
    }

    /// <summary>The number of arcs; the first sub-identifier holds two.</summary>
    public static int CountArcs(ReadOnlySpan<byte> octets)
    {
        var arcs = octets.IsEmpty ? 0 : 1;
        for (; octets.Length >= sizeof(ulong); octets = octets[sizeof(ulong)..])
        {
            arcs += BitOperations.PopCount(~ReadWord(octets) & GoesOn);
        }

        foreach (var octet in octets)
        {
            if (octet < 0x80)
            {
                arcs++;
            }
        }

        return arcs;
    }

    /// <summary>The lexicographic order of the arcs.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        // Both differ within one arc whose earlier octets are equal. Without padding, the arc with more octets left is the larger one;
        // with equally many, the first differing octet decides.
        var leftOctets = OctetsToEndOfArc(left[same..]);
        var rightOctets = OctetsToEndOfArc(right[same..]);
        return leftOctets != rightOctets ? leftOctets.CompareTo(rightOctets) : left[same].CompareTo(right[same]);
    }

    /// <summary>Reads one sub-identifier, padded or not; fails at the end of the octets, within a sub-identifier, and above 33 bits.</summary>
    public static bool TryReadSubIdentifier(ReadOnlySpan<byte> octets, ref int position, out ulong value)
    {
        value = 0;
        while (position < octets.Length)
        {
            var octet = octets[position++];
            value = (value << 7) | (octet & 0x7Fu);
            if (octet < 0x80)
            {
                return true;
            }

            if (value > MaxFirstSubIdentifier)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Writes a sub-identifier of at most 33 bits in the fewest octets, and returns how many those are.</summary>
    public static int WriteSubIdentifier(ulong value, Span<byte> octets)
    {
        if (value < 0x80)
        {
            octets[0] = (byte)value;
            return 1;
        }

        var length = 1;
        for (var rest = value >> 7; rest != 0; rest >>= 7)
        {
            length++;
        }

        octets[length - 1] = (byte)(value & 0x7F);
        for (var at = length - 2; at >= 0; at--)
        {
            value >>= 7;
            octets[at] = (byte)(value | 0x80);
        }

        return length;
    }

    // The first octets and the last ones, which may overlap.
    private static (uint GoesOn, uint Padding) Classify(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < OctetsPerVector)
        {
            var halves = Vector128.Create(ReadWord(octets), ReadWord(octets[^sizeof(ulong)..])).AsByte();
            var shift = octets.Length - sizeof(ulong);
            return (JoinHalves(halves.ExtractMostSignificantBits(), shift), JoinHalves(FindPadding(halves), shift));
        }

        var first = Vector128.Create(octets);
        var last = Vector128.Create(octets[^OctetsPerVector..]);
        var distance = octets.Length - OctetsPerVector;
        return (
            first.ExtractMostSignificantBits() | (last.ExtractMostSignificantBits() << distance),
            FindPadding(first) | (FindPadding(last) << distance));
    }

    private static uint FindPadding(Vector128<byte> octets) => Vector128.Equals(octets, Vector128.Create((byte)0x80)).ExtractMostSignificantBits();

    private static uint JoinHalves(uint bits, int shift) => (bits & 0xFF) | (bits >> 8 << shift);

    private static ulong ReadWord(ReadOnlySpan<byte> octets) => BitConverter.ToUInt64(octets);

    private static bool AreArcsCanonical(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
        {
            return false;
        }

        var arcs = 1;
        for (var position = 0; position < octets.Length; arcs++)
        {
            var limit = position == 0 ? MaxFirstSubIdentifier : uint.MaxValue;
            if (octets[position] == 0x80 || !TryReadSubIdentifier(octets, ref position, out var subIdentifier) || subIdentifier > limit)
            {
                return false;
            }
        }

        return arcs <= Oid.MaxArcs;
    }

    private static int OctetsToEndOfArc(ReadOnlySpan<byte> octets)
    {
        var length = 1;
        while (octets[length - 1] >= 0x80)
        {
            length++;
        }

        return length;
    }
}
