using System.Runtime.InteropServices;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

/// <summary>
/// Turns a request into the response of a device, octets to octets, as RFC 1157 section 4.1, RFC 3416 section 4.2 and RFC 3414 section 3.2 say, and as snmpd does it
/// where they leave a choice. It keeps its scratch memory between requests, so the agent's thread alone uses it.
/// </summary>
internal sealed partial class Responder
{
    private readonly List<VarBind> _asked = [];

    /// <summary>Answers a request.</summary>
    /// <param name="device">The device that was asked.</param>
    /// <param name="request">The datagram as it came.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="room">Where the response goes: at least as large as the device's largest message.</param>
    /// <returns>The response's length, or 0 where the device is silent.</returns>
    public int Respond(SimulatedDevice device, ReadOnlySpan<byte> request, in DatagramEndPoint source, Span<byte> room)
    {
        room = room[..Math.Min(device.MaxMessageSize, device.Faults.MaxReplySize ?? int.MaxValue)];
        var error = SnmpMessageReader.TryRead(request, out var header);
        if (error == SnmpParseError.UnsupportedVersion && header.Version == SnmpVersion.V3 && device.Security is { } security)
        {
            return RespondToUser(device, security, request, source, room);
        }

        if (error == SnmpParseError.None && device.Speaks(header.Version))
        {
            return RespondToCommunity(device, header, source, room);
        }

        device.CountMalformed();
        return 0;
    }

    private int RespondToCommunity(SimulatedDevice device, SnmpMessageHeader header, in DatagramEndPoint source, Span<byte> room)
    {
        if (!IsServed(header.PduType) || !TryReadVarBinds(header))
        {
            device.CountMalformed();
            return 0;
        }

        var access = device.AccessOf(header.Community);
        if (access == RequestAccess.None)
        {
            device.CountWrongCommunity();
            return 0;
        }

        if (device.Dice.Happens(FaultKind.RequestLoss, device.Loss))
        {
            return 0;
        }

        device.CountArrival();
        Observe(device, header, source);
        SpoilRequestId(device, ref header);
        var exchange = new Exchange(device, device.DefaultContext, new Envelope(header), CollectionsMarshal.AsSpan(_asked), room);
        return Finish(device, room[..Write(ref exchange, access)]);
    }

    // What becomes of a complete answer on its way.
    private static int Finish(SimulatedDevice device, Span<byte> answer)
    {
        var length = Spoil(device.Dice, device.Faults, answer);
        if (length == 0)
        {
            device.CountAnswer();
        }

        return length;
    }

    private static bool IsServed(PduType type) => type is PduType.Get or PduType.GetNext or PduType.GetBulk or PduType.Set;

    private bool TryReadVarBinds(in SnmpMessageHeader header)
    {
        _asked.Clear();
        var reader = new VarBindReader(header.VarBinds);
        while (reader.TryRead(out var slice))
        {
            if (slice.TryToVarBind(out var varBind) != SnmpParseError.None)
            {
                return false;
            }

            _asked.Add(varBind);
        }

        return reader.Error == SnmpParseError.None;
    }

    private void Observe(
        SimulatedDevice device, in SnmpMessageHeader header, in DatagramEndPoint source, SnmpUser? user = null, string contextName = "")
    {
        var name = _asked.Count > 0 ? _asked[0].Oid : default;
        device.Observer?.Invoke(
            new ArrivedRequest(device, device.RequestsSeen, source.ToIPEndPoint(), header.PduType, header.RequestId, name)
            {
                Version = header.Version,
                User = user,
                ContextName = contextName,
            });
    }

    private int Write(ref Exchange exchange, RequestAccess access)
    {
        var outcome = RefusesAsTooBig(exchange) ? Outcome.TooBig : exchange.Type switch
        {
            _ when access == RequestAccess.None => new Outcome(SnmpErrorStatus.AuthorizationError),
            PduType.Get => Get(ref exchange),
            PduType.GetNext => GetNext(ref exchange),
            PduType.GetBulk => GetBulk(ref exchange),
            _ => Set(ref exchange, access),
        };
        return outcome == Outcome.Success || TryFail(ref exchange, outcome) ? exchange.Complete() : 0;
    }

    // An error returns the varbinds as they were asked, except that a tooBig of SNMPv2 returns none (RFC 3416 section 4.2.1).
    private static bool TryFail(ref Exchange exchange, Outcome outcome)
    {
        exchange.Begin(outcome);
        return outcome.Status == SnmpErrorStatus.TooBig && !exchange.IsV1 || exchange.TryEcho();
    }
}
