namespace Connections.Snmp.Protocol;

/// <summary>The kind of a PDU: its BER tag (RFC 1157 section 4.1, RFC 3416 section 3).</summary>
public enum PduType : byte
{
    /// <summary>GetRequest.</summary>
    Get = 0xA0,

    /// <summary>GetNextRequest.</summary>
    GetNext = 0xA1,

    /// <summary>Response; GetResponse in SNMPv1.</summary>
    Response = 0xA2,

    /// <summary>SetRequest.</summary>
    Set = 0xA3,

    /// <summary>The Trap of SNMPv1, whose fields are its own.</summary>
    TrapV1 = 0xA4,

    /// <summary>GetBulkRequest; not in SNMPv1.</summary>
    GetBulk = 0xA5,

    /// <summary>InformRequest; not in SNMPv1.</summary>
    Inform = 0xA6,

    /// <summary>SNMPv2-Trap; not in SNMPv1.</summary>
    TrapV2 = 0xA7,

    /// <summary>Report, as SNMPv3 uses it.</summary>
    Report = 0xA8,
}
