using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>The smallest manager of SNMPv3: one user, one message at a time, and nothing is repeated.</summary>
internal sealed class UserClient : IDisposable
{
    public const int MaxSize = 65_507;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[65_536];
    private int _messageId = 1_000;

    public UserClient(SnmpUser user, IPEndPoint target, TimeProvider time)
    {
        Session = new UsmSession(user, new UsmPeer(time));
        _socket.Connect(target);
    }

    public UsmSession Session { get; }

    /// <summary>What the messages say the manager takes.</summary>
    public int AnnouncedSize { get; init; } = MaxSize;

    /// <summary>Asks for the engine's name.</summary>
    public Task<UserAnswer> DiscoverAsync()
    {
        Assert.That(UsmSession.TryWriteDiscovery(_buffer, ++_messageId, AnnouncedSize, out var length), Is.True);
        _socket.Send(_buffer.AsSpan(0, length));
        return ReceiveAsync();
    }

    public Task<UserAnswer> GetAsync(params string[] names)
    {
        Send(PduType.Get, Reads(names));
        return ReceiveAsync();
    }

    public Task<UserAnswer> GetBulkAsync(int maxRepetitions, params string[] names)
    {
        Send(PduType.GetBulk, Reads(names), maxRepetitions);
        return ReceiveAsync();
    }

    public Task<UserAnswer> SetAsync(params (string Name, SnmpValue Value)[] changes)
    {
        Send(PduType.Set, [.. changes.Select(change => new VarBind(Oid.Parse(change.Name), change.Value))]);
        return ReceiveAsync();
    }

    /// <summary>Sends a request whose msgID and request-id are one number.</summary>
    /// <returns>That number.</returns>
    public int Send(PduType type, VarBind[] varBinds, int maxRepetitions = 0)
    {
        SendOctets(Write(type, varBinds, maxRepetitions));
        return _messageId;
    }

    public byte[] Write(PduType type, VarBind[] varBinds, int maxRepetitions = 0)
    {
        var writer = Session.BeginRequest(_buffer, ++_messageId, AnnouncedSize, type, _messageId, 0, maxRepetitions);
        foreach (var varBind in varBinds)
        {
            Assert.That(writer.TryAdd(varBind.Oid, varBind.Value), Is.True);
        }

        Assert.That(Session.TryComplete(ref writer, _buffer, out var length), Is.True);
        return _buffer[..length];
    }

    public void SendOctets(ReadOnlySpan<byte> octets) => _socket.Send(octets);

    public async Task<UserAnswer> ReceiveAsync() => UserAnswer.Parse(Session, await ReceiveOctetsAsync());

    /// <summary>A datagram as it came, which need not be a message.</summary>
    public async Task<byte[]> ReceiveOctetsAsync() => _buffer[..await _socket.ReceiveAsync(_buffer, SocketFlags.None).WaitAsync(Patience)];

    public void Dispose()
    {
        _socket.Dispose();
        Session.Dispose();
    }

    public static VarBind[] Reads(params string[] names) => [.. names.Select(name => new VarBind(Oid.Parse(name), SnmpValue.Null))];
}
