namespace Connections.Snmp.Transport;

/// <summary>What an ICMP message says about a datagram sent earlier.</summary>
/// <param name="Destination">Where the datagram had been sent.</param>
/// <param name="Kind">What came of it.</param>
/// <param name="Length">How many octets of the datagram were returned.</param>
internal readonly record struct DatagramError(DatagramEndPoint Destination, DatagramErrorKind Kind, int Length);
