using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Notifications;

// Traps, which nothing answers: written and sent by the caller's thread, one at a time.
public sealed partial class SnmpNotificationSender
{
    private readonly Lock _gate = new();
    private readonly SendBatch _batch = new(capacity: 1, SendBatch.LargestDatagram);
    private readonly Dictionary<IPAddress, IDatagramSocket> _sockets = [];
    private readonly Dictionary<SnmpUser, UsmAuthority> _authorities = [];
    private int _messageId;
    private bool _disposed;

    /// <summary>Sends a trap once. Nothing tells whether it arrives; where that matters, send an inform.</summary>
    /// <param name="target">The receiver.</param>
    /// <param name="trapOid">What happened: the value of snmpTrapOID.0.</param>
    /// <param name="varBinds">What else there is to tell.</param>
    /// <exception cref="SnmpException">The system refuses to send it: no route, say. Or the trap is too large, or has a Counter64, which SNMPv1 does not have.</exception>
    /// <exception cref="ObjectDisposedException">The sender has been disposed.</exception>
    public void SendTrap(SnmpTarget target, Oid trapOid, IReadOnlyList<VarBind>? varBinds = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        var all = Compose(trapOid, varBinds);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var socket = SocketFor(target);
            var length = target.Version switch
            {
                SnmpVersion.V1 => WriteV1(target, all),
                SnmpVersion.V2c => WriteV2(target, all),
                _ => WriteV3(target, all),
            };
            _batch.Commit(length, target.Address);
            if (socket.Send(_batch) == 0)
            {
                throw Failed(target, "the system refused to send the trap; see that there is a route, and that the trap is not too large for it");
            }
        }
    }

    /// <summary>Closes the sender's sockets. Informs that are under way go on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _batch.Dispose();
            foreach (var disposable in _sockets.Values.Concat<IDisposable>(_authorities.Values))
            {
                disposable.Dispose();
            }
        }
    }

    private int WriteV1(SnmpTarget target, VarBind[] varBinds)
    {
        if (!TrapMapping.TryToTrapV1(varBinds, LocalAddressTowards(target), out var fields, out var own))
        {
            throw Failed(target, "the trap holds a Counter64, which SNMPv1 does not have, or its sysUpTime.0 is no TimeTicks");
        }

        var writer = new SnmpMessageWriter(_batch.Free, target.Community, fields);
        return Complete(target, ref writer, own);
    }

    private int WriteV2(SnmpTarget target, VarBind[] varBinds)
    {
        var writer = new SnmpMessageWriter(_batch.Free, SnmpVersion.V2c, target.Community, PduType.TrapV2, NextMessageId());
        return Complete(target, ref writer, varBinds);
    }

    private static int Complete(SnmpTarget target, ref SnmpMessageWriter writer, VarBind[] varBinds) =>
        TryAdd(ref writer, varBinds) && writer.TryComplete(out var length) ? length : throw TooLarge(target);

    private int WriteV3(SnmpTarget target, VarBind[] varBinds)
    {
        var user = target.Options.User!;
        if (!_authorities.TryGetValue(user, out var authority))
        {
            authority = _identity.CreateAuthority([user]);
            _authorities.Add(user, authority);
        }

        var writer = authority.BeginTrap(_batch.Free, user.Name, NextMessageId());
        return TryAdd(ref writer, varBinds) && authority.TryCompleteTrap(ref writer, _batch.Free, user.Name, out var length)
            ? length
            : throw TooLarge(target);
    }

    private static bool TryAdd(ref SnmpMessageWriter writer, VarBind[] varBinds)
    {
        foreach (ref readonly var varBind in varBinds.AsSpan())
        {
            if (!writer.TryAdd(varBind.Oid, varBind.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static SnmpException TooLarge(SnmpTarget target) => Failed(target, $"the trap does not fit a datagram of {SendBatch.LargestDatagram} octets");

    private int NextMessageId() => _messageId = (_messageId + 1) & int.MaxValue;

    private IDatagramSocket SocketFor(SnmpTarget target)
    {
        if (!_sockets.TryGetValue(target.Source, out var socket))
        {
            socket = Open(target);
            _sockets.Add(target.Source, socket);
        }

        return socket;
    }

    private IDatagramSocket Open(SnmpTarget target)
    {
        try
        {
            return DatagramTransport.Open(new DatagramSocketOptions { LocalEndPoint = new IPEndPoint(target.Source, 0), Portable = _options.Portable });
        }
        catch (SocketException problem)
        {
            throw Failed(target, $"traps cannot leave from {target.Source}: {problem.Message}");
        }
    }

    // What SNMPv1 tells of the sender: the address that a datagram to the receiver leaves from; 0.0.0.0 where that is no IPv4 one.
    private static uint LocalAddressTowards(SnmpTarget target)
    {
        if (target.EndPoint.AddressFamily != AddressFamily.InterNetwork)
        {
            return 0;
        }

        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            probe.Bind(new IPEndPoint(target.Source, 0));
            probe.Connect(target.EndPoint);
            return SnmpTrapV1.NumberOf(((IPEndPoint)probe.LocalEndPoint!).Address);
        }
        catch (SocketException)
        {
            // Sending meets the same obstacle, and says so.
            return 0;
        }
    }
}
