using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A stream socket whose calls block.</summary>
internal sealed class SocketEcho : EchoSide
{
    private readonly Socket _listener;

    private SocketEcho(EndPoint end, ProtocolType protocol)
    {
        _listener = new Socket(end.AddressFamily, SocketType.Stream, protocol);
        _listener.Bind(end);
        _listener.Listen();
        Place = _listener.LocalEndPoint is IPEndPoint { Port: var port } ? port.ToString(CultureInfo.InvariantCulture) : end.ToString()!;
    }

    public override string Place { get; }

    public static SocketEcho OverUnix(string name) =>
        new(new UnixDomainSocketEndPoint(Path.Combine(Path.GetTempPath(), name + ".socket")), ProtocolType.Unspecified);

    public static SocketEcho OverTcp(string name) => new(new IPEndPoint(IPAddress.Loopback, 0), ProtocolType.Tcp);

    public override void Run()
    {
        using var socket = _listener.Accept();
        SocketCalls.Prepare(socket);
        var message = new byte[CallCandidate.Length];
        while (SocketCalls.TryReceive(socket, message))
        {
            socket.Send(message);
        }
    }

    // The runtime removes the file of a Unix socket that it has bound.
    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }
}
