namespace Connections.Snmp.Protocol.Usm;

/// <summary>What an authoritative engine makes of a message.</summary>
internal enum UsmVerdict
{
    /// <summary>The message is of a user of this engine, and its PDU can be answered.</summary>
    Accepted = 0,

    /// <summary>The message must be answered with a Report: <see cref="UsmAuthority.TryWriteReport"/>.</summary>
    Report,

    /// <summary>The message is not answered.</summary>
    Dropped,
}
