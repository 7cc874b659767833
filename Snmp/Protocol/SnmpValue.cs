using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Connections.Snmp.Protocol;

/// <summary>
/// A value of any SMIv2 type, or one of the three exceptions that stand in a value's place. Immutable, safe to use from any thread;
/// numbers allocate nothing. <see langword="default"/> is <see cref="Null"/>.
/// </summary>
public readonly partial struct SnmpValue : IEquatable<SnmpValue>
{
    private readonly SnmpType _type;
    private readonly ulong _number;
    private readonly byte[]? _octets;

    private SnmpValue(SnmpType type, ulong number)
    {
        _type = type;
        _number = number;
    }

    private SnmpValue(SnmpType type, byte[] octets)
    {
        _type = type;
        _octets = octets;
    }

    /// <summary>The value of a varbind in a request that reads.</summary>
    public static SnmpValue Null => default;

    /// <summary>The exception noSuchObject.</summary>
    public static SnmpValue NoSuchObject => new(SnmpType.NoSuchObject, 0);

    /// <summary>The exception noSuchInstance.</summary>
    public static SnmpValue NoSuchInstance => new(SnmpType.NoSuchInstance, 0);

    /// <summary>The exception endOfMibView.</summary>
    public static SnmpValue EndOfMibView => new(SnmpType.EndOfMibView, 0);

    /// <summary>The type; it decides which of the getters succeed.</summary>
    public SnmpType Type => _type == default ? SnmpType.Null : _type;

    /// <summary>Whether this is noSuchObject, noSuchInstance or endOfMibView.</summary>
    public bool IsException => _type is SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView;

    // The bits of a number as they travel; 0 for other types.
    internal ulong Number => _number;

    // The content octets of every type that is no number.
    internal ReadOnlySpan<byte> Octets => _octets;

    // The length of the content octets.
    internal int EncodedLength => _type switch
    {
        SnmpType.Integer32 => BerInteger.Length((long)_number),
        SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64 => BerInteger.UnsignedLength(_number),
        _ => Octets.Length,
    };

    /// <summary>Whether two values have the same type and content.</summary>
    public static bool operator ==(in SnmpValue left, in SnmpValue right) => left.Equals(right);

    /// <summary>Whether two values differ in type or content.</summary>
    public static bool operator !=(in SnmpValue left, in SnmpValue right) => !left.Equals(right);

    /// <summary>An INTEGER, also of an enumeration.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static SnmpValue Integer32(int value) => new(SnmpType.Integer32, (ulong)value);

    /// <summary>A Counter32.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static SnmpValue Counter32(uint value) => new(SnmpType.Counter32, value);

    /// <summary>A Gauge32, or an Unsigned32, which is the same on the wire.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static SnmpValue Gauge32(uint value) => new(SnmpType.Gauge32, value);

    /// <summary>A TimeTicks.</summary>
    /// <param name="hundredths">Hundredths of a second.</param>
    /// <returns>The value.</returns>
    public static SnmpValue TimeTicks(uint hundredths) => new(SnmpType.TimeTicks, hundredths);

    /// <summary>A Counter64; SNMPv1 cannot carry it.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static SnmpValue Counter64(ulong value) => new(SnmpType.Counter64, value);

    /// <summary>An OCTET STRING of any octets, which are copied.</summary>
    /// <param name="octets">The octets.</param>
    /// <returns>The value.</returns>
    public static SnmpValue OctetString(ReadOnlySpan<byte> octets) => new(SnmpType.OctetString, octets.ToArray());

    /// <summary>An OCTET STRING of text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentNullException">The text is <see langword="null"/>.</exception>
    public static SnmpValue OctetString(string text) => new(SnmpType.OctetString, Encoding.UTF8.GetBytes(text));

    /// <summary>An OBJECT IDENTIFIER.</summary>
    /// <param name="oid">The OID; the one without arcs becomes 0.0, as on the wire.</param>
    /// <returns>The value.</returns>
    public static SnmpValue ObjectIdentifier(in Oid oid) => new(SnmpType.ObjectIdentifier, oid.GetEncoded());

    /// <summary>An IpAddress.</summary>
    /// <param name="address">An IPv4 address, or one mapped into IPv6.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentNullException">The address is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The address is an IPv6 one, which IpAddress cannot hold (RFC 2578 section 7.1.5).</exception>
    public static SnmpValue IpAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetwork && !address.IsIPv4MappedToIPv6)
        {
            throw new ArgumentException($"An IpAddress holds IPv4 addresses only, not {address}.", nameof(address));
        }

        return new SnmpValue(SnmpType.IpAddress, address.MapToIPv4().GetAddressBytes());
    }

    /// <summary>An Opaque of any octets, which are copied; they should be a BER value of their own.</summary>
    /// <param name="octets">The octets.</param>
    /// <returns>The value.</returns>
    public static SnmpValue Opaque(ReadOnlySpan<byte> octets) => new(SnmpType.Opaque, octets.ToArray());

    /// <summary>An Opaque that holds a single-precision number, by Net-SNMP's convention (tag 9F78).</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static SnmpValue OpaqueFloat(float value)
    {
        byte[] octets = [OpaqueNumber.ExtensionTag, OpaqueNumber.FloatTag, sizeof(float), 0, 0, 0, 0];
        BinaryPrimitives.WriteSingleBigEndian(octets.AsSpan(3), value);
        return new SnmpValue(SnmpType.Opaque, octets);
    }

    /// <summary>An Opaque that holds a double-precision number, by Net-SNMP's convention (tag 9F79).</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static SnmpValue OpaqueDouble(double value)
    {
        byte[] octets = [OpaqueNumber.ExtensionTag, OpaqueNumber.DoubleTag, sizeof(double), 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteDoubleBigEndian(octets.AsSpan(3), value);
        return new SnmpValue(SnmpType.Opaque, octets);
    }

    /// <inheritdoc/>
    public bool Equals(SnmpValue other) => _type == other._type && _number == other._number && Octets.SequenceEqual(other.Octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SnmpValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add((byte)_type);
        hash.Add(_number);
        hash.AddBytes(Octets);
        return hash.ToHashCode();
    }
}
