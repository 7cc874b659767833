using System.Net;
using System.Net.Sockets;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

/// <summary>The smallest manager: sends one message, receives one message. Without a peer of its own it takes answers from anyone.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Socket _socket;
    private readonly IPEndPoint _target;
    private readonly byte[] _buffer = new byte[65_536];
    private int _requestId;

    public RawClient(IPEndPoint target)
    {
        _target = target;
        _socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        _socket.Bind(new IPEndPoint(target.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, 0));
    }

    public SnmpVersion Version { get; init; } = SnmpVersion.V2c;

    public string Community { get; init; } = "public";

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public Task<RawResponse> GetAsync(params string[] names) => ExchangeAsync(PduType.Get, names);

    public Task<RawResponse> GetNextAsync(params string[] names) => ExchangeAsync(PduType.GetNext, names);

    public Task<RawResponse> GetBulkAsync(int nonRepeaters, int maxRepetitions, params string[] names)
    {
        Send(PduType.GetBulk, Reads(names), nonRepeaters, maxRepetitions);
        return ReceiveAsync();
    }

    public Task<RawResponse> SetAsync(params (string Name, SnmpValue Value)[] changes)
    {
        Send(PduType.Set, [.. changes.Select(change => new VarBind(Oid.Parse(change.Name), change.Value))]);
        return ReceiveAsync();
    }

    public int SendGet(string name, IPEndPoint? target = null) => Send(PduType.Get, Reads([name]), target: target);

    public void SendOctets(ReadOnlySpan<byte> octets) => _socket.SendTo(octets, _target);

    public int Send(PduType type, VarBind[] varBinds, int first = 0, int second = 0, IPEndPoint? target = null)
    {
        var id = ++_requestId;
        var written = SnmpMessageWriter.TryWrite(
            _buffer, Version, Encoding.UTF8.GetBytes(Community), type, id, first, second, varBinds, out var length, out _);
        Assert.That(written, Is.True);
        _socket.SendTo(_buffer.AsSpan(0, length), target ?? _target);
        return id;
    }

    public async Task<RawResponse> ReceiveAsync()
    {
        var received = await ReceiveAnythingAsync();
        return RawResponse.Parse(_buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint);
    }

    /// <summary>A datagram as it came, which need not be a response.</summary>
    public async Task<byte[]> ReceiveOctetsAsync() => _buffer[..(await ReceiveAnythingAsync()).ReceivedBytes];

    public void Dispose() => _socket.Dispose();

    private Task<SocketReceiveFromResult> ReceiveAnythingAsync()
    {
        var from = new IPEndPoint(_target.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        return _socket.ReceiveFromAsync(_buffer, SocketFlags.None, from).WaitAsync(Patience);
    }

    private Task<RawResponse> ExchangeAsync(PduType type, string[] names)
    {
        Send(type, Reads(names));
        return ReceiveAsync();
    }

    private static VarBind[] Reads(string[] names) => [.. names.Select(name => new VarBind(Oid.Parse(name), SnmpValue.Null))];
}
