using Connections.Snmp.Transport.Linux;
using Connections.Snmp.Transport.Managed;

namespace Connections.Snmp.Transport;

/// <summary>Opens datagram sockets in the best way that this system offers.</summary>
internal static class DatagramTransport
{
    /// <summary>Opens and binds a socket.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    internal static IDatagramSocket Open(DatagramSocketOptions options) =>
        OperatingSystem.IsLinux() && !options.Portable
            ? new LinuxDatagramSocket(options)
            : new ManagedDatagramSocket(options);

    /// <summary>Makes the poller that waits for sockets opened with the same choice of <paramref name="portable"/>.</summary>
    internal static IDatagramPoller CreatePoller(bool portable = false) =>
        OperatingSystem.IsLinux() && !portable ? new LinuxDatagramPoller() : new ManagedDatagramPoller();
}
