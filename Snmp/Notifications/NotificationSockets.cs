using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Notifications;

/// <summary>Opens the sockets of a listener: all, or none.</summary>
internal static class NotificationSockets
{
    /// <exception cref="SnmpException">An end point cannot be bound.</exception>
    internal static IReadOnlyList<IDatagramSocket> Open(SnmpNotificationListenerOptions options)
    {
        var sockets = new List<IDatagramSocket>();
        try
        {
            foreach (var endPoint in options.EndPoints ?? Everywhere())
            {
                sockets.Add(Open(endPoint, options));
            }

            return sockets;
        }
        catch (SnmpException)
        {
            sockets.ForEach(static socket => socket.Dispose());
            throw;
        }
    }

    private static IDatagramSocket Open(IPEndPoint endPoint, SnmpNotificationListenerOptions options)
    {
        try
        {
            return DatagramTransport.Open(new DatagramSocketOptions
            {
                LocalEndPoint = endPoint,
                ReceiveBufferSize = options.ReceiveBufferSize,
                ReportsLocalAddress = true,
                LoopbackOnly = options.LoopbackOnly,
                Portable = options.Portable,
            });
        }
        catch (SocketException problem)
        {
            throw new SnmpException($"Notifications cannot be received at {endPoint}: {problem.Message}. {Advice(problem.SocketErrorCode)}", problem);
        }
    }

    private static List<IPEndPoint> Everywhere()
    {
        var everywhere = new List<IPEndPoint> { new(IPAddress.Any, SnmpNotificationListenerOptions.DefaultPort) };
        if (Socket.OSSupportsIPv6)
        {
            everywhere.Add(new IPEndPoint(IPAddress.IPv6Any, SnmpNotificationListenerOptions.DefaultPort));
        }

        return everywhere;
    }

    private static string Advice(SocketError error) => error switch
    {
        SocketError.AccessDenied => "Ports below 1024 need privileges: choose another port, or give the process the capability to bind them.",
        SocketError.AddressAlreadyInUse => "Another process listens there; stop it, or choose another port.",
        _ => "Choose an address of this machine.",
    };
}
