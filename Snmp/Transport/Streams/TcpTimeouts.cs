using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Connections.Snmp.Transport.Streams;

/// <summary>Has the system find out that a peer is gone: it knows best, since it sees acknowledgements, and a slow agent acknowledges in time.</summary>
internal static class TcpTimeouts
{
    private const int IPPROTO_TCP = 6;
    private const int TCP_USER_TIMEOUT = 18;
    private const int KeepAliveProbes = 3;

    internal static void Apply(Socket socket, TimeSpan patience)
    {
        var seconds = (int)Math.Ceiling(patience.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, seconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);

        // How long what was sent may stay unacknowledged; elsewhere a request's own time must do.
        if (OperatingSystem.IsLinux())
        {
            var milliseconds = (int)patience.TotalMilliseconds;
            socket.SetRawSocketOption(IPPROTO_TCP, TCP_USER_TIMEOUT, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in milliseconds)));
        }
    }
}
