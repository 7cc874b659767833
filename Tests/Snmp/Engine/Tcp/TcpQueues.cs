using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Tests.Engine.Tcp;

/// <summary>What Linux says of the octets on their way between two sockets of this machine.</summary>
internal static class TcpQueues
{
    /// <summary>Waits until the other side has read all that was sent to it, so that what is sent next comes apart.</summary>
    internal static Task UntilReadAsync(Socket socket)
    {
        var here = ((IPEndPoint)socket.LocalEndPoint!).Port;
        var there = ((IPEndPoint)socket.RemoteEndPoint!).Port;
        return Eventually.UntilAsync(() => Read(here, there).Unsent == 0 && Read(there, here).Unread == 0);
    }

    // Fields of a line: number, local address:port, remote address:port, state, unacknowledged:unread, in hexadecimal. A connection that is gone has nothing on its way.
    private static (int Unsent, int Unread) Read(int local, int remote)
    {
        foreach (var line in File.ReadLines("/proc/net/tcp").Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (Last(fields[1]) == local && Last(fields[2]) == remote)
            {
                return (Hexadecimal(fields[4].Split(':')[0]), Last(fields[4]));
            }
        }

        return default;
    }

    private static int Last(string pair) => Hexadecimal(pair.Split(':')[1]);

    private static int Hexadecimal(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
