using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// The name of an SNMP engine (RFC 3411 section 5, SnmpEngineID): 5 to 32 octets by the standard; 1 to 64 are accepted, since devices
/// err. Immutable, compared by value, thread-safe. <see langword="default"/> is the engine that is not known yet.
/// </summary>
public readonly struct SnmpEngineId : IEquatable<SnmpEngineId>
{
    internal const int MaxLength = 64;

    private const int LongestOwn = 27;
    private const byte OctetsFormat = 5;

    private readonly byte[]? _octets;

    /// <summary>Makes an engine ID of its octets, which are copied.</summary>
    /// <param name="octets">1 to 64 octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no octets, or too many.</exception>
    public SnmpEngineId(ReadOnlySpan<byte> octets)
    {
        if (octets.Length is 0 or > MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(octets), octets.Length, $"An engine ID has 1 to {MaxLength} octets.");
        }

        _octets = octets.ToArray();
    }

    /// <summary>The octets; none if the engine is not known.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>Whether this names no engine.</summary>
    public bool IsEmpty => _octets is null;

    /// <summary>Whether two engine IDs are the same.</summary>
    public static bool operator ==(SnmpEngineId left, SnmpEngineId right) => left.Equals(right);

    /// <summary>Whether two engine IDs differ.</summary>
    public static bool operator !=(SnmpEngineId left, SnmpEngineId right) => !left.Equals(right);

    /// <summary>Makes the engine ID of an engine of one's own, in the format for octets (RFC 3411 section 5, format 5).</summary>
    /// <param name="enterprise">The private enterprise number of who assigns the octets.</param>
    /// <param name="octets">1 to 27 octets that no other engine of that enterprise has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no octets, or too many, or the enterprise number has its highest bit set.</exception>
    public static SnmpEngineId Create(uint enterprise, ReadOnlySpan<byte> octets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(enterprise, (uint)int.MaxValue);
        if (octets.Length is 0 or > LongestOwn)
        {
            throw new ArgumentOutOfRangeException(nameof(octets), octets.Length, $"Give 1 to {LongestOwn} octets.");
        }

        Span<byte> whole = stackalloc byte[sizeof(uint) + 1 + LongestOwn];
        BinaryPrimitives.WriteUInt32BigEndian(whole, enterprise | 0x80000000);
        whole[sizeof(uint)] = OctetsFormat;
        octets.CopyTo(whole[(sizeof(uint) + 1)..]);
        return new SnmpEngineId(whole[..(sizeof(uint) + 1 + octets.Length)]);
    }

    /// <summary>Reads an engine ID from hexadecimal digits; <c>0x</c> in front and colons, hyphens or blanks between them are allowed.</summary>
    /// <param name="text">The digits.</param>
    /// <exception cref="ArgumentNullException">The text is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">The text is none; the message names it.</exception>
    public static SnmpEngineId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var engineId)
            ? engineId
            : throw new FormatException($"'{text}' is no engine ID: write 1 to {MaxLength} octets as hexadecimal digits, such as 80001F8880E9630000D61FF449.");
    }

    /// <summary>Reads an engine ID from hexadecimal digits; <c>0x</c> in front and colons, hyphens or blanks between them are allowed.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="engineId">The engine ID, or <see langword="default"/>.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out SnmpEngineId engineId)
    {
        engineId = default;
        if (text is null || !Hexadecimal.TryParse(text, out var octets) || octets.Length > MaxLength)
        {
            return false;
        }

        engineId = new SnmpEngineId(octets);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(SnmpEngineId other) => Octets.SequenceEqual(other.Octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SnmpEngineId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Octets);
        return hash.ToHashCode();
    }

    /// <summary>The octets in hexadecimal digits, or <c>(unknown)</c>.</summary>
    public override string ToString() => IsEmpty ? "(unknown)" : Convert.ToHexString(Octets);
}
