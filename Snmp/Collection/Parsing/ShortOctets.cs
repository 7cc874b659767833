using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Up to 32 octets in the value itself, such as a MAC address or a short name.</summary>
public struct ShortOctets : IEquatable<ShortOctets>
{
    /// <summary>The most octets.</summary>
    public const int MaxLength = 32;

    private Storage _octets;
    private byte _length;

    /// <summary>Makes a copy of some octets.</summary>
    /// <exception cref="ArgumentException">There are more than 32.</exception>
    public ShortOctets(ReadOnlySpan<byte> octets) => octets.CopyTo(Begin(octets.Length));

    /// <summary>How many there are.</summary>
    public readonly int Length => _length;

    /// <summary>The octets.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Span => ((ReadOnlySpan<byte>)_octets)[.._length];

    /// <summary>Whether two have the same octets.</summary>
    public static bool operator ==(in ShortOctets left, in ShortOctets right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(in ShortOctets left, in ShortOctets right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(ShortOctets other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is ShortOctets other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The octets as text in UTF-8.</summary>
    public readonly string ToText() => Encoding.UTF8.GetString(Span);

    /// <summary>The octets in hexadecimal, with colons between them.</summary>
    public override readonly string ToString() => Convert.ToHexString(Span) is { Length: > 2 } hex
        ? string.Join(':', hex.Chunk(2).Select(static pair => new string(pair)))
        : Convert.ToHexString(Span);

    /// <summary>Makes room for so many octets, to be written.</summary>
    [UnscopedRef]
    internal Span<byte> Begin(int length)
    {
        if (length > MaxLength)
        {
            throw new ArgumentException($"At most {MaxLength} octets fit, not {length}.", nameof(length));
        }

        _length = (byte)length;
        return ((Span<byte>)_octets)[..length];
    }

    [InlineArray(MaxLength)]
    private struct Storage
    {
        private byte _first;
    }
}
