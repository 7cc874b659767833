namespace Connections.Snmp.Protocol;

/// <summary>The type of an <see cref="SnmpValue"/>: its BER tag (RFC 2578 section 7.1, RFC 3416 section 3).</summary>
public enum SnmpType : byte
{
    /// <summary>INTEGER, Integer32: -2147483648 to 2147483647.</summary>
    Integer32 = 0x02,

    /// <summary>OCTET STRING: any octets, also text and BITS.</summary>
    OctetString = 0x04,

    /// <summary>NULL: no value, as in the varbinds of a request that reads.</summary>
    Null = 0x05,

    /// <summary>OBJECT IDENTIFIER.</summary>
    ObjectIdentifier = 0x06,

    /// <summary>IpAddress: an IPv4 address in network order.</summary>
    IpAddress = 0x40,

    /// <summary>Counter32: 0 to 4294967295, wraps to 0.</summary>
    Counter32 = 0x41,

    /// <summary>Gauge32 and Unsigned32, which share a tag: 0 to 4294967295.</summary>
    Gauge32 = 0x42,

    /// <summary>TimeTicks: hundredths of a second, 0 to 4294967295.</summary>
    TimeTicks = 0x43,

    /// <summary>Opaque: any ASN.1 value wrapped in octets; Net-SNMP's floating-point numbers travel in it.</summary>
    Opaque = 0x44,

    /// <summary>Counter64: 0 to 18446744073709551615, wraps to 0; not in SNMPv1.</summary>
    Counter64 = 0x46,

    /// <summary>The exception noSuchObject: the agent has no such object type in view.</summary>
    NoSuchObject = 0x80,

    /// <summary>The exception noSuchInstance: the object exists, this instance of it does not.</summary>
    NoSuchInstance = 0x81,

    /// <summary>The exception endOfMibView: nothing follows the OID that was asked.</summary>
    EndOfMibView = 0x82,
}
