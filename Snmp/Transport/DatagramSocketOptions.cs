using System.Net;

namespace Connections.Snmp.Transport;

/// <summary>How a datagram socket is opened.</summary>
internal sealed record DatagramSocketOptions
{
    /// <summary>Where to bind; port 0 lets the system choose.</summary>
    internal required IPEndPoint LocalEndPoint { get; init; }

    /// <summary>The receive buffer to ask for, in bytes; the system may grant less (see <see cref="IDatagramSocket.ReceiveBufferSize"/>).</summary>
    internal int ReceiveBufferSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>The send buffer to ask for, in bytes.</summary>
    internal int SendBufferSize { get; init; } = 1024 * 1024;

    /// <summary>
    /// Reports with each datagram the local address it came to, and sends from the address a reply names (IP_PKTINFO, Linux;
    /// elsewhere replies leave from the address that the system chooses).
    /// </summary>
    internal bool ReportsLocalAddress { get; init; }

    /// <summary>Accepts nothing but loopback traffic although bound to the wildcard address.</summary>
    internal bool LoopbackOnly { get; init; }

    /// <summary>Reports ICMP errors through <see cref="IDatagramSocket.TryReceiveError"/> (Linux; elsewhere there are none).</summary>
    internal bool ReportsErrors { get; init; }

    /// <summary>Uses the portable implementation although this system has a faster one.</summary>
    internal bool Portable { get; init; }
}
