namespace Connections.Snmp.Mibs.Values;

/// <summary>Whose reading of a DISPLAY-HINT is followed where RFC 2579 and Net-SNMP differ.</summary>
public enum DisplayHintStyle
{
    /// <summary>
    /// RFC 2579, section 3.1. Hexadecimal fields of one octet have two digits, as addresses of hardware are written; all other numbers have no leading zeros.
    /// </summary>
    Standard,

    /// <summary>
    /// As Net-SNMP 5.9 prints: no leading zeros unless octets run together, nothing before the point of a small decimal (<c>.05</c>), fields of no octets take one, the last
    /// specification is not repeated by its count, and a separator stands before a terminator too.
    /// </summary>
    NetSnmp,

    /// <summary>As <see cref="NetSnmp"/>, with two digits for each hexadecimal field of one octet (<c>-O0</c>).</summary>
    NetSnmpTwoDigits,
}
