using System.Net;
using System.Net.Sockets;

namespace Connections.Tests.Relays;

/// <summary>A relay for TCP. Cutting it resets the connections that there are; while it is cut, new ones are refused.</summary>
internal sealed class StreamRelay : IRelay
{
    private readonly IPEndPoint _server;
    private readonly Lock _mutex = new();
    private readonly HashSet<Socket> _open = [];
    private readonly List<Task> _passing = [];

    // Never listens: it keeps the port, which could else become another program's while the relay is cut.
    private readonly Socket _port = NewSocket();
    private Socket _listener;

    /// <summary>Starts to relay to a server.</summary>
    public StreamRelay(IPEndPoint server)
    {
        _server = server;
        _port.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_port.LocalEndPoint!;
        _listener = Listen();
    }

    public IPEndPoint EndPoint { get; }

    public void Cut()
    {
        _listener.Dispose();
        Socket[] open;
        lock (_mutex)
        {
            open = [.. _open];
            _open.Clear();
        }

        foreach (var socket in open)
        {
            socket.Close(timeout: 0);
        }
    }

    public void Mend() => _listener = Listen();

    public async ValueTask DisposeAsync()
    {
        Cut();
        Task[] passing;
        lock (_mutex)
        {
            passing = [.. _passing];
        }

        await Task.WhenAll(passing);
        _port.Dispose();
    }

    private static Socket NewSocket()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        return socket;
    }

    private Socket Listen()
    {
        var listener = NewSocket();
        listener.Bind(EndPoint);
        listener.Listen();
        Keep(UntilClosedAsync(() => AcceptAsync(listener)));
        return listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            var caller = await listener.AcceptAsync();
            Keep(UntilClosedAsync(() => ConnectAsync(caller)));
        }
    }

    private async Task ConnectAsync(Socket caller)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_mutex)
        {
            _open.UnionWith([caller, server]);
        }

        await server.ConnectAsync(_server);
        await Task.WhenAll(PassAsync(caller, server), PassAsync(server, caller));
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[4096];
        int received;
        while ((received = await from.ReceiveAsync(buffer)) > 0)
        {
            await to.SendAsync(buffer.AsMemory(0, received));
        }

        to.Shutdown(SocketShutdown.Send);
    }

    // Closing a socket under those who use it is how the relay is cut, and how it ends.
    private static async Task UntilClosedAsync(Func<Task> pass)
    {
        try
        {
            await pass();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private void Keep(Task passing)
    {
        lock (_mutex)
        {
            _passing.Add(passing);
        }
    }
}
