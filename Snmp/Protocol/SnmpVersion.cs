namespace Connections.Snmp.Protocol;

/// <summary>The version of a message, as its first field carries it.</summary>
public enum SnmpVersion
{
    /// <summary>SNMPv1 (RFC 1157).</summary>
    V1 = 0,

    /// <summary>SNMPv2c, community-based (RFC 1901).</summary>
    V2c = 1,

    /// <summary>SNMPv3 (RFC 3412).</summary>
    V3 = 3,
}
