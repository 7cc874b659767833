using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>A socket on loopback that a test scripts: it is given each request, and sends what the test tells it to.</summary>
internal sealed class Responder : IAsyncDisposable
{
    internal static readonly Oid Instance = Oid.Parse("1.3.6.1.2.1.1.5.0");

    private readonly Socket _socket;
    private readonly Action<Responder, Request> _onRequest;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _received;

    internal Responder(Action<Responder, Request> onRequest, IPAddress? address = null)
    {
        var loopback = address ?? IPAddress.Loopback;
        _onRequest = onRequest;
        _socket = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 8 * 1024 * 1024 };
        _socket.Bind(new IPEndPoint(loopback, 0));
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _running = RunAsync();
    }

    internal IPEndPoint EndPoint { get; }

    internal int Received => Volatile.Read(ref _received);

    /// <summary>Completes when this many requests have come.</summary>
    internal async Task HasReceivedAsync(int count)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (Received >= count)
            {
                return;
            }

            await next;
        }
    }

    /// <summary>A responder that answers every request at once, with the number given for each OID asked.</summary>
    internal static Responder Answering(int value = 1, IPAddress? address = null) =>
        new((responder, request) => responder.Reply(request, request.Answer(value)), address);

    internal SnmpTarget Target(SnmpOptions? options = null) => new(EndPoint, options ?? Patient, "lab-1", "snmp");

    /// <summary>Options with which nothing times out within a test.</summary>
    internal static SnmpOptions Patient { get; } = new() { Timeout = TimeSpan.FromSeconds(60), Retries = 0 };

    /// <summary>Options that try again soon, and often.</summary>
    internal static SnmpOptions Eager { get; } = new() { Timeout = TimeSpan.FromMilliseconds(30), Retries = 20, Backoff = 1 };

    internal void Reply(Request request, ReadOnlySpan<byte> packet) => _socket.SendTo(packet, request.From);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(30));
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[65_536];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var from = new IPEndPoint(EndPoint.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
                var result = await _socket.ReceiveFromAsync(buffer, from, _stop.Token);
                _onRequest(this, Request.Read(buffer.AsSpan(0, result.ReceivedBytes), (IPEndPoint)result.RemoteEndPoint));
                Interlocked.Increment(ref _received);
                Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
