using System.Net;

namespace Connections.Snmp.Protocol;

// A plain .NET value where an SNMP value is wanted: its type decides the SNMP type. What has no obvious one (floating-point numbers, truth
// values) is made by its factory.
public readonly partial struct SnmpValue
{
    private const long TicksPerHundredth = TimeSpan.TicksPerMillisecond * 10;

    /// <summary>An INTEGER, as <see cref="Integer32"/> makes it.</summary>
    public static implicit operator SnmpValue(int value) => Integer32(value);

    /// <summary>A Gauge32 or Unsigned32, as <see cref="Gauge32"/> makes it.</summary>
    public static implicit operator SnmpValue(uint value) => Gauge32(value);

    /// <summary>A Counter64, as <see cref="Counter64"/> makes it.</summary>
    public static implicit operator SnmpValue(ulong value) => Counter64(value);

    /// <summary>An OCTET STRING in UTF-8, as <see cref="OctetString(string)"/> makes it.</summary>
    /// <exception cref="ArgumentNullException">The text is <see langword="null"/>.</exception>
    public static implicit operator SnmpValue(string text) => OctetString(text);

    /// <summary>An OCTET STRING of a copy of these octets.</summary>
    /// <exception cref="ArgumentNullException">There are no octets.</exception>
    public static implicit operator SnmpValue(byte[] octets)
    {
        ArgumentNullException.ThrowIfNull(octets);
        return OctetString(octets.AsSpan());
    }

    /// <summary>An OBJECT IDENTIFIER.</summary>
    public static implicit operator SnmpValue(Oid oid) => ObjectIdentifier(oid);

    /// <summary>An IpAddress, as <see cref="IpAddress"/> makes it.</summary>
    /// <exception cref="ArgumentException">The address is an IPv6 one.</exception>
    public static implicit operator SnmpValue(IPAddress address) => IpAddress(address);

    /// <summary>A TimeTicks, in whole hundredths of a second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or more than TimeTicks can hold: 497 days.</exception>
    public static implicit operator SnmpValue(TimeSpan time)
    {
        var hundredths = time.Ticks / TicksPerHundredth;
        return time >= TimeSpan.Zero && hundredths <= uint.MaxValue
            ? TimeTicks((uint)hundredths)
            : throw new ArgumentOutOfRangeException(nameof(time), time, "TimeTicks hold times from 0 to 4294967295 hundredths of a second.");
    }
}
