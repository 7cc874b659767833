using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Notifications;

// What is addressed to the listener's own engine, or asks for its name.
internal sealed partial class SecuredReceiver
{
    // The least that every engine takes (RFC 3412 section 6.3).
    private const int SmallestMaxSize = 484;

    private Judgement ReceiveOwn(in NotificationDatagram datagram, in SecuredMessage message, Span<byte> room)
    {
        room = room[..Math.Min(room.Length, Math.Max(message.MaxSize, SmallestMaxSize))];
        return _authority.Process(message, _plain, out var scoped, out var user, out var report) switch
        {
            UsmVerdict.Accepted => Accept(datagram, message, scoped, user!, room),
            UsmVerdict.Report => Refuse(message, scoped, report, room),
            _ => Judgement.Dropped(report == ReportKind.Other ? Unreadable(message) : ReasonOf(report)),
        };
    }

    private Judgement Accept(in NotificationDatagram datagram, in SecuredMessage message, in ScopedPdu scoped, SnmpUser user, Span<byte> room)
    {
        if (LevelOf(message) != user.Level)
        {
            return CountAndRefuse(message, scoped, ReportKind.UnsupportedSecurityLevel, room);
        }

        return scoped.Header.PduType switch
        {
            PduType.Inform => Acknowledge(datagram, message, scoped, user, room),
            PduType.TrapV2 => Deliver(datagram, message, scoped, user),
            _ => CountAndRefuse(message, scoped, ReportKind.UnknownPduHandler, room),
        };
    }

    private Judgement Acknowledge(in NotificationDatagram datagram, in SecuredMessage message, in ScopedPdu scoped, SnmpUser user, Span<byte> room)
    {
        if (Read(datagram, message, scoped, user) is not { } inform)
        {
            return Judgement.Dropped(SnmpNotificationDrop.Unparsable);
        }

        var writer = _authority.BeginResponse(room, message, scoped);
        if (NotificationPdu.TryEcho(ref writer, scoped.Header.VarBinds) && _authority.TryCompleteResponse(ref writer, room, message, out var length))
        {
            return Judgement.Inform(inform, length, KeyOf(datagram, message, scoped));
        }

        writer = _authority.BeginResponse(room, message, scoped, (int)SnmpErrorStatus.TooBig);
        return Judgement.Dropped(SnmpNotificationDrop.TooBig, _authority.TryCompleteResponse(ref writer, room, message, out length) ? length : 0);
    }

    private Judgement CountAndRefuse(in SecuredMessage message, in ScopedPdu scoped, ReportKind kind, Span<byte> room)
    {
        _authority.Count(kind);
        return message.IsReportable ? Refuse(message, scoped, kind, room) : Judgement.Dropped(ReasonOf(kind));
    }

    private Judgement Refuse(in SecuredMessage message, in ScopedPdu scoped, ReportKind kind, Span<byte> room)
    {
        _authority.TryWriteReport(room, message, scoped.Header.RequestId, kind, out var length);
        return IsQuestion(message, kind) ? Judgement.Answered(length) : Judgement.Dropped(ReasonOf(kind), length);
    }

    // RFC 3414 section 4: the name is asked for by an empty one, the time by zeros.
    private static bool IsQuestion(in SecuredMessage message, ReportKind kind) => kind switch
    {
        ReportKind.UnknownEngineId => message.EngineId.IsEmpty,
        ReportKind.NotInTimeWindow => message is { Boots: 0, Time: 0 },
        _ => false,
    };

    private static SnmpNotificationDrop ReasonOf(ReportKind kind) => kind switch
    {
        ReportKind.UnknownEngineId => SnmpNotificationDrop.UnknownEngine,
        ReportKind.UnknownUserName => SnmpNotificationDrop.UnknownUser,
        ReportKind.UnsupportedSecurityLevel => SnmpNotificationDrop.WrongSecurityLevel,
        ReportKind.WrongDigest => SnmpNotificationDrop.WrongDigest,
        ReportKind.NotInTimeWindow => SnmpNotificationDrop.NotInTimeWindow,
        ReportKind.DecryptionError => SnmpNotificationDrop.Undecipherable,
        ReportKind.UnknownPduHandler => SnmpNotificationDrop.NotANotification,
        _ => SnmpNotificationDrop.Unparsable,
    };

    // Each repetition is a new message, with a new message ID and signature, of the same PDU.
    private static DuplicateKey KeyOf(in NotificationDatagram datagram, in SecuredMessage message, in ScopedPdu scoped)
    {
        var content = default(HashCode);
        content.AddBytes(message.UserName);
        content.AddBytes(scoped.ContextEngineId);
        content.AddBytes(scoped.ContextName);
        content.AddBytes(scoped.Header.VarBinds);
        return new DuplicateKey(datagram.Source, scoped.Header.RequestId, content.ToHashCode());
    }
}
