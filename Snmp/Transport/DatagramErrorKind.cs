namespace Connections.Snmp.Transport;

/// <summary>The ICMP errors that differ in what a user should do about them.</summary>
internal enum DatagramErrorKind : byte
{
    None,
    PortUnreachable,
    HostUnreachable,
    NetworkUnreachable,
    TooLarge,
    Other,
}
