namespace Connections.Snmp.Transport;

/// <summary>The errors that differ in what a user should do about them: those that ICMP reports, and what becomes of connections.</summary>
internal enum DatagramErrorKind : byte
{
    None,
    PortUnreachable,
    HostUnreachable,
    NetworkUnreachable,
    TooLarge,
    Other,

    /// <summary>The connection was not accepted in time.</summary>
    Unaccepted,

    /// <summary>The connection ended while requests were under way.</summary>
    ConnectionLost,

    /// <summary>The connection brought what is no message, or no whole one in time.</summary>
    NoMessage,
}
