using System.Globalization;
using System.Net;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Indexes;

/// <summary>The value of one part of a row's index: a number, octets or an OID. Immutable, compared by value.</summary>
/// <remarks>Unlike an <see cref="SnmpValue"/> it can be any OID, also one of a single arc or of none, as they occur in indexes.</remarks>
public readonly struct IndexValue : IEquatable<IndexValue>
{
    private readonly byte[]? _octets;
    private readonly Oid _oid;
    private readonly uint _number;

    private IndexValue(IndexValueKind kind, uint number, byte[]? octets, in Oid oid)
    {
        Kind = kind;
        _number = number;
        _octets = octets;
        _oid = oid;
    }

    /// <summary>What the value is.</summary>
    public IndexValueKind Kind { get; }

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is no number.</exception>
    public uint Number => Kind == IndexValueKind.Number ? _number : throw Mismatch("a number");

    /// <summary>The octets.</summary>
    /// <exception cref="InvalidOperationException">The value is no string of octets.</exception>
    public ReadOnlySpan<byte> Octets => Kind == IndexValueKind.Octets ? _octets : throw Mismatch("a string of octets");

    /// <summary>The OID.</summary>
    /// <exception cref="InvalidOperationException">The value is no OID.</exception>
    public Oid Oid => Kind == IndexValueKind.Oid ? _oid : throw Mismatch("an OID");

    /// <summary>Whether two values are the same.</summary>
    public static bool operator ==(in IndexValue left, in IndexValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(in IndexValue left, in IndexValue right) => !left.Equals(right);

    /// <summary>A number, as <see cref="FromNumber"/> makes it.</summary>
    public static implicit operator IndexValue(uint number) => FromNumber(number);

    /// <summary>A text, as <see cref="FromText"/> makes it.</summary>
    public static implicit operator IndexValue(string text) => FromText(text);

    /// <summary>An OID, as <see cref="FromOid"/> makes it.</summary>
    public static implicit operator IndexValue(Oid oid) => FromOid(oid);

    /// <summary>An address, as <see cref="FromAddress"/> makes it.</summary>
    public static implicit operator IndexValue(IPAddress address) => FromAddress(address);

    /// <summary>A number.</summary>
    public static IndexValue FromNumber(uint number) => new(IndexValueKind.Number, number, null, default);

    /// <summary>Octets, which are copied.</summary>
    public static IndexValue FromOctets(ReadOnlySpan<byte> octets) => new(IndexValueKind.Octets, 0, octets.ToArray(), default);

    /// <summary>A text in UTF-8.</summary>
    /// <exception cref="ArgumentNullException">There is no text.</exception>
    public static IndexValue FromText(string text) => new(IndexValueKind.Octets, 0, Encoding.UTF8.GetBytes(text), default);

    /// <summary>The octets of an IPv4 or IPv6 address.</summary>
    /// <exception cref="ArgumentNullException">There is no address.</exception>
    public static IndexValue FromAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new IndexValue(IndexValueKind.Octets, 0, address.GetAddressBytes(), default);
    }

    /// <summary>An OID.</summary>
    public static IndexValue FromOid(in Oid oid) => new(IndexValueKind.Oid, 0, null, oid);

    /// <inheritdoc/>
    public bool Equals(IndexValue other) =>
        Kind == other.Kind && _number == other._number && _oid == other._oid && _octets.AsSpan().SequenceEqual(other._octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IndexValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        hash.Add(_number);
        hash.Add(_oid);
        hash.AddBytes(_octets);
        return hash.ToHashCode();
    }

    /// <summary>The number, the OID in digits, or the octets as an <see cref="SnmpValue"/> would be written.</summary>
    public override string ToString() => Kind switch
    {
        IndexValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        IndexValueKind.Octets => SnmpValue.OctetString(_octets.AsSpan()).ToString(),
        _ => _oid.ToString(),
    };

    private InvalidOperationException Mismatch(string wanted) => new($"The index value {this} is not {wanted}: it is of kind {Kind}.");
}
