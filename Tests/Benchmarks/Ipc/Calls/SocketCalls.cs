using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A stream socket whose calls block.</summary>
internal sealed class SocketCalls : CallCandidate
{
    private readonly Socket _socket;
    private readonly byte[] _message = new byte[Length];

    private SocketCalls(Socket socket) => _socket = socket;

    public static SocketCalls OverUnix(string name, bool isEcho)
    {
        var path = PathOf(name);
        return isEcho
            ? new SocketCalls(Accept(new UnixDomainSocketEndPoint(path), ProtocolType.Unspecified, static _ => { }))
            : new SocketCalls(Meeting.Retry(() => Connect(new UnixDomainSocketEndPoint(path), ProtocolType.Unspecified)));
    }

    public static SocketCalls OverTcp(string name, bool isEcho)
    {
        var path = PathOf(name) + ".port";
        return isEcho
            ? new SocketCalls(Accept(new IPEndPoint(IPAddress.Loopback, 0), ProtocolType.Tcp, port => File.WriteAllText(path, port)))
            : new SocketCalls(Meeting.Retry(() => Connect(new IPEndPoint(IPAddress.Loopback, int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture)), ProtocolType.Tcp)));
    }

    public override void Echo()
    {
        while (TryReceive())
        {
            _socket.Send(_message);
        }
    }

    public override void Call()
    {
        _socket.Send(_message);
        if (!TryReceive())
        {
            throw new InvalidOperationException("The other process has ended.");
        }
    }

    public override void Dispose() => _socket.Dispose();

    private static string PathOf(string name) => Path.Combine(Path.GetTempPath(), name + ".socket");

    private static Socket Accept(EndPoint end, ProtocolType protocol, Action<string> publish)
    {
        using var listener = new Socket(end.AddressFamily, SocketType.Stream, protocol);
        listener.Bind(end);
        listener.Listen();
        publish((listener.LocalEndPoint as IPEndPoint)?.Port.ToString(CultureInfo.InvariantCulture) ?? "");
        return Prepare(listener.Accept(), protocol);
    }

    private static Socket Connect(EndPoint end, ProtocolType protocol)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, protocol);
        socket.Connect(end);
        return Prepare(socket, protocol);
    }

    private static Socket Prepare(Socket socket, ProtocolType protocol)
    {
        if (protocol == ProtocolType.Tcp)
        {
            socket.NoDelay = true;
        }

        return socket;
    }

    private bool TryReceive()
    {
        var count = 0;
        while (count < Length)
        {
            var more = _socket.Receive(_message, count, Length - count, SocketFlags.None);
            if (more == 0)
            {
                return false;
            }

            count += more;
        }

        return true;
    }
}
