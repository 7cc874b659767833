namespace Connections.Snmp.Protocol;

/// <summary>The tags of a message's frame; those of values are <see cref="SnmpType"/>, those of PDUs <see cref="PduType"/>.</summary>
internal static class BerTag
{
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;

    /// <summary>Whether a tag goes on in further octets. None of SNMP does: the largest is 30, as many as one octet holds.</summary>
    public static bool IsLong(byte tag) => (tag & 0x1F) == 0x1F;
}
