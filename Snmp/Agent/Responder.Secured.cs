using System.Runtime.InteropServices;
using Connections.Snmp.Agent.Security;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

// SNMPv3: requests of users, and the Reports that refuse them.
internal sealed partial class Responder
{
    private readonly byte[] _plain = new byte[ushort.MaxValue];

    private int RespondToUser(
        SimulatedDevice device, DeviceSecurity security, ReadOnlySpan<byte> request, in DatagramEndPoint source, Span<byte> room)
    {
        if (SecuredMessageReader.TryRead(request, out var message) != SnmpParseError.None)
        {
            device.CountMalformed();
            return 0;
        }

        if (device.Dice.Happens(FaultKind.RequestLoss, device.Loss))
        {
            return 0;
        }

        room = room[..Math.Clamp(message.MaxSize, SimulatedDeviceOptions.LeastMessageSize, room.Length)];
        security.Synchronize(device);
        var verdict = security.Authority.Process(message, _plain, out var scoped, out var user, out var problem);
        SpoilSecurity(device, security, ref message);
        if (verdict == UsmVerdict.Report)
        {
            return Report(device, message, scoped, problem, room);
        }

        if (verdict == UsmVerdict.Accepted)
        {
            return Dispatch(device, message, scoped, user!, source, room);
        }

        if (problem == ReportKind.Other)
        {
            device.CountMalformed();
        }

        return 0;
    }

    /// <summary>Finds who serves a request: RFC 3412 section 7.2 step 13, RFC 3413 section 3.2.</summary>
    private int Dispatch(
        SimulatedDevice device, SecuredMessage message, ScopedPdu scoped, SnmpUser user, in DatagramEndPoint source, Span<byte> room)
    {
        var security = device.Security!;
        if (scoped.Header.PduType == PduType.Inform || (IsServed(scoped.Header.PduType) && !IsOwn(security, scoped.ContextEngineId)))
        {
            return Refuse(device, message, scoped, ReportKind.UnknownPduHandler, room);
        }

        if (!IsServed(scoped.Header.PduType) || !TryReadVarBinds(scoped.Header))
        {
            device.CountMalformed();
            return 0;
        }

        if (device.FindContext(scoped.ContextName) is not { } context)
        {
            return Refuse(device, message, scoped, ReportKind.UnknownContext, room);
        }

        device.CountArrival();
        Observe(device, scoped.Header, source, user, context.Name);
        SpoilRequestId(device, ref scoped.Header);
        var envelope = new Envelope(security.Authority, message, scoped);
        var exchange = new Exchange(device, context, envelope, CollectionsMarshal.AsSpan(_asked), room);
        var answer = room[..Write(ref exchange, security.AccessOf(message))];
        SpoilSignature(device, answer, exchange.Layout);
        return Finish(device, answer);
    }

    private static int Refuse(SimulatedDevice device, in SecuredMessage message, in ScopedPdu scoped, ReportKind problem, Span<byte> room)
    {
        device.Security!.Authority.Count(problem);
        return message.IsReportable && !(problem == ReportKind.UnknownContext && device.IgnoresUnknownContexts)
            ? Report(device, message, scoped, problem, room)
            : 0;
    }

    private static int Report(SimulatedDevice device, in SecuredMessage message, in ScopedPdu scoped, ReportKind problem, Span<byte> room)
    {
        device.CountReport();
        device.Security!.Authority.TryWriteReport(room, message, scoped.Header.RequestId, problem, out var length);
        return Finish(device, room[..length]);
    }

    // Managers that know no engine of the context leave it empty.
    private static bool IsOwn(DeviceSecurity security, ReadOnlySpan<byte> contextEngineId) =>
        contextEngineId.IsEmpty || contextEngineId.SequenceEqual(security.Authority.EngineId.Octets);
}
