using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A stream socket whose calls block.</summary>
internal sealed class SocketCalls : CallSide
{
    private readonly Socket _socket;
    private readonly byte[] _message = new byte[CallCandidate.Length];

    private SocketCalls(EndPoint end, ProtocolType protocol)
    {
        _socket = new Socket(end.AddressFamily, SocketType.Stream, protocol);
        _socket.Connect(end);
        Prepare(_socket);
    }

    public static SocketCalls OverUnix(string path) => new(new UnixDomainSocketEndPoint(path), ProtocolType.Unspecified);

    public static SocketCalls OverTcp(string port) =>
        new(new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)), ProtocolType.Tcp);

    /// <summary>Has a socket send at once.</summary>
    public static void Prepare(Socket socket)
    {
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            socket.NoDelay = true;
        }
    }

    /// <summary>Receives a whole message. False if the other process has ended.</summary>
    public static bool TryReceive(Socket socket, byte[] message)
    {
        var count = 0;
        while (count < message.Length)
        {
            var more = socket.Receive(message, count, message.Length - count, SocketFlags.None);
            if (more == 0)
            {
                return false;
            }

            count += more;
        }

        return true;
    }

    public override void Call()
    {
        _socket.Send(_message);
        if (!TryReceive(_socket, _message))
        {
            throw new InvalidOperationException("The other process has ended.");
        }
    }

    public override void Dispose() => _socket.Dispose();
}
