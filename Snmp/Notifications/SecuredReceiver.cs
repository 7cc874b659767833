using System.Text;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Notifications;

/// <summary>
/// Judges what comes by SNMPv3. For informs, and questions that prepare them, the listener's own engine is authoritative; for traps the sender's (RFC 3412 section 6.4, RFC 3414
/// section 1.5.1).
/// </summary>
internal sealed partial class SecuredReceiver : IDisposable
{
    private readonly byte[] _plain = new byte[ReceiveBatch.LargestDatagram];
    private readonly TimeProvider _time;
    private readonly NotificationUsers _users;
    private readonly UsmAuthority _authority;
    private readonly SenderEngines _senders;

    /// <exception cref="ArgumentException">The users do not make sense.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The platform does not have an algorithm of a user.</exception>
    internal SecuredReceiver(SnmpNotificationListenerOptions options)
    {
        _time = options.TimeProvider;
        _users = new NotificationUsers(options.Users);
        var identity = options.Identity ?? SnmpEngineIdentity.CreateTransient(options.TimeProvider);
        foreach (var user in options.Users)
        {
            // What takes milliseconds is done before the first message, and what the platform lacks shows now.
            UsmSession.WarmUp(user, user.EngineId.IsEmpty ? identity.EngineId : user.EngineId);
        }

        _authority = identity.CreateAuthority(_users.Of(identity.EngineId));
        _senders = new SenderEngines(options.MaxEngines, options.TimeProvider);
    }

    internal int KnownEngines => _senders.Count;

    internal Judgement Receive(in NotificationDatagram datagram, Span<byte> room)
    {
        if (SecuredMessageReader.TryRead(datagram.Octets, out var message) != SnmpParseError.None)
        {
            return Judgement.Dropped(SnmpNotificationDrop.Unparsable);
        }

        return IsOfOtherEngine(message) ? ReceiveTrap(datagram, message) : ReceiveOwn(datagram, message, room);
    }

    public void Dispose()
    {
        _senders.Dispose();
        _authority.Dispose();
    }

    private static SecurityLevel LevelOf(in SecuredMessage message) =>
        (SecurityLevel)(message.Flags & (SecuredFlags.Authenticated | SecuredFlags.Encrypted));

    // A trap asks for no Report. Some devices say otherwise, which shows where the PDU can be seen; what cannot be seen may be an inform to an engine ID that this listener had once.
    private bool IsOfOtherEngine(in SecuredMessage message)
    {
        if (message.EngineId.IsEmpty || message.EngineId.SequenceEqual(_authority.EngineId.Octets))
        {
            return false;
        }

        return !message.IsReportable
            || (!message.IsEncrypted
                && SecuredMessageReader.TryReadScopedPdu(message.Data, out var scoped) == SnmpParseError.None
                && scoped.Header.PduType == PduType.TrapV2);
    }

    private Judgement ReceiveTrap(in NotificationDatagram datagram, in SecuredMessage message)
    {
        if (message.SecurityModel != SecuredMessage.Usm || (message.IsEncrypted && !message.IsAuthenticated))
        {
            return Judgement.Dropped(SnmpNotificationDrop.Unparsable);
        }

        if (_users.Find(message.UserName, message.EngineId, out var isKnown) is not { } user)
        {
            return Judgement.Dropped(isKnown ? SnmpNotificationDrop.UnknownEngine : SnmpNotificationDrop.UnknownUser);
        }

        if (LevelOf(message) != user.Level)
        {
            return Judgement.Dropped(SnmpNotificationDrop.WrongSecurityLevel);
        }

        return user.Level == SecurityLevel.NoAuthNoPriv
            ? ReadTrap(datagram, message, message.Data, user)
            : ReceiveSignedTrap(datagram, message, user);
    }

    private Judgement ReceiveSignedTrap(in NotificationDatagram datagram, in SecuredMessage message, SnmpUser user)
    {
        if (_senders.Authenticate(message, user, out var keys) is not { } sender)
        {
            return Judgement.Dropped(SnmpNotificationDrop.WrongDigest);
        }

        if (!sender.Clock.Observe(message.Boots, message.Time))
        {
            return Judgement.Dropped(SnmpNotificationDrop.NotInTimeWindow);
        }

        if (!message.IsEncrypted)
        {
            return ReadTrap(datagram, message, message.Data, user);
        }

        return keys!.TryDecrypt(message, _plain)
            ? ReadTrap(datagram, message, _plain.AsSpan(0, message.Data.Length), user)
            : Judgement.Dropped(SnmpNotificationDrop.Undecipherable);
    }

    private Judgement ReadTrap(in NotificationDatagram datagram, in SecuredMessage message, ReadOnlySpan<byte> octets, SnmpUser user)
    {
        if (SecuredMessageReader.TryReadScopedPdu(octets, out var scoped) != SnmpParseError.None)
        {
            return Judgement.Dropped(Unreadable(message));
        }

        return scoped.Header.PduType == PduType.TrapV2
            ? Deliver(datagram, message, scoped, user)
            : Judgement.Dropped(SnmpNotificationDrop.NotANotification);
    }

    private static SnmpNotificationDrop Unreadable(in SecuredMessage message) =>
        message.IsEncrypted ? SnmpNotificationDrop.Undecipherable : SnmpNotificationDrop.Unparsable;

    private Judgement Deliver(in NotificationDatagram datagram, in SecuredMessage message, in ScopedPdu scoped, SnmpUser user) =>
        Read(datagram, message, scoped, user) is { } notification
            ? Judgement.Trap(notification, message.IsAuthenticated ? KeyOf(message) : null)
            : Judgement.Dropped(SnmpNotificationDrop.Unparsable);

    private SnmpNotification? Read(in NotificationDatagram datagram, in SecuredMessage message, in ScopedPdu scoped, SnmpUser user)
    {
        if (scoped.ContextEngineId.Length > SnmpEngineId.MaxLength || NotificationPdu.Read(datagram, scoped.Header, _time.GetUtcNow()) is not { } notification)
        {
            return null;
        }

        return notification with
        {
            UserName = user.Name,
            SecurityLevel = user.Level,
            EngineId = new SnmpEngineId(message.EngineId),
            ContextEngineId = scoped.ContextEngineId.IsEmpty ? default : new SnmpEngineId(scoped.ContextEngineId),
            ContextName = Encoding.UTF8.GetString(scoped.ContextName),
        };
    }

    // The signature covers all of the message.
    private static DuplicateKey KeyOf(in SecuredMessage message)
    {
        var content = default(HashCode);
        content.AddBytes(message.EngineId);
        content.AddBytes(message.Mac);
        return new DuplicateKey(default, message.MessageId, content.ToHashCode());
    }
}
