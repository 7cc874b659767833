using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Transport.Streams;

namespace Connections.Snmp.Tests.Engine.Tcp;

/// <summary>An agent on TCP that a test scripts: it is given each request with the connection that it came over.</summary>
internal sealed class TcpResponder : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Action<Peer, Request> _onRequest;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _serving = [];
    private readonly Task _accepting;

    internal TcpResponder(Action<Peer, Request> onRequest)
    {
        _onRequest = onRequest;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAllAsync();
    }

    internal IPEndPoint EndPoint { get; }

    /// <summary>How many connections were accepted.</summary>
    internal int Accepted { get; private set; }

    /// <summary>One connection; the first is number 1.</summary>
    internal sealed class Peer(Socket socket, int number)
    {
        internal int Number => number;

        internal Socket Socket => socket;

        internal void Send(params byte[] octets) => socket.Send(octets);

        internal void Close() => socket.Close();
    }

    internal SnmpTarget Target(SnmpOptions? options = null) =>
        new(EndPoint, (options ?? Responder.Patient with { Retries = 3, Backoff = 1 }) with { Transport = SnmpTransport.Tcp }, "lab-1", "snmp");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting.WaitAsync(Limit);
        _listener.Dispose();
        await Task.WhenAll(_serving).WaitAsync(Limit);
        _stop.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                socket.NoDelay = true;
                _serving.Add(ServeAsync(new Peer(socket, ++Accepted)));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Peer peer)
    {
        var buffer = new ReceiveBuffer(65_507);
        using var socket = peer.Socket;
        try
        {
            while (await socket.ReceiveAsync(buffer.Free, _stop.Token) is var count and > 0)
            {
                buffer.Commit(count);
                while (buffer.TryPeek(out var message))
                {
                    _onRequest(peer, Request.Read(message.Span, EndPoint));
                    buffer.Consume(message.Length);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over, or has closed the connection; or the engine has.
        }
    }
}
