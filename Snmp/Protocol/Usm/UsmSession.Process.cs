namespace Connections.Snmp.Protocol.Usm;

// What comes from the remote engine, or claims to.
internal sealed partial class UsmSession
{
    /// <summary>Judges a message: its engine, user, signature, time and encryption, and what it means if it is a Report.</summary>
    /// <param name="message">What <see cref="SecuredMessageReader.TryRead"/> read.</param>
    /// <param name="plain">Where the decrypted octets go: at least as long as the datagram; the PDU refers to them.</param>
    /// <param name="scoped">The PDU, where it could be read.</param>
    /// <param name="isOutdated">Whether what it answers was written before the engine's name or clock became what they are known to be now: then a
    /// Report says nothing new.</param>
    public UsmOutcome Process(in SecuredMessage message, Span<byte> plain, out ScopedPdu scoped, bool isOutdated = false)
    {
        scoped = default;
        if (message.SecurityModel != SecuredMessage.Usm || (message.IsEncrypted && !message.IsAuthenticated))
        {
            return UsmOutcome.Malformed;
        }

        return message.IsAuthenticated ? ProcessSigned(message, plain, out scoped, isOutdated) : ProcessUnsigned(message, out scoped, isOutdated);
    }

    private UsmOutcome ProcessUnsigned(in SecuredMessage message, out ScopedPdu scoped, bool isOutdated)
    {
        if (SecuredMessageReader.TryReadScopedPdu(message.Data, out scoped) != SnmpParseError.None)
        {
            return UsmOutcome.Malformed;
        }

        if (scoped.Header.PduType == PduType.Report)
        {
            return isOutdated ? UsmOutcome.Outdated : ProcessReport(message, ReportCounters.Identify(scoped.Header));
        }

        if (User.Level != SecurityLevel.NoAuthNoPriv)
        {
            return UsmOutcome.Unprotected;
        }

        var outcome = CheckOrigin(message);
        return outcome == UsmOutcome.Accepted ? Accept(message, scoped) : outcome;
    }

    private UsmOutcome ProcessSigned(in SecuredMessage message, Span<byte> plain, out ScopedPdu scoped, bool isOutdated)
    {
        scoped = default;
        var outcome = CheckOrigin(message);
        if (outcome != UsmOutcome.Accepted)
        {
            return outcome;
        }

        if (!GetKeys(Peer.EngineId).IsAuthentic(message))
        {
            return UsmOutcome.NotAuthentic;
        }

        var before = Peer.IsSynchronized ? Peer.Now : (0, 0);
        var isInWindow = Peer.Observe(message.Boots, message.Time);
        if (!TryOpen(message, plain, out scoped))
        {
            return message.IsEncrypted ? UsmOutcome.Undecipherable : UsmOutcome.Malformed;
        }

        if (scoped.Header.PduType == PduType.Report)
        {
            if (isOutdated)
            {
                return UsmOutcome.Outdated;
            }

            var kind = ReportCounters.Identify(scoped.Header);
            return kind == ReportKind.NotInTimeWindow ? Resynchronize(message, before) : ProcessReport(message, kind);
        }

        if (!isInWindow)
        {
            return UsmOutcome.TooOld;
        }

        return User.Level == SecurityLevel.AuthPriv && !message.IsEncrypted ? UsmOutcome.Unprotected : Accept(message, scoped);
    }

    private UsmOutcome CheckOrigin(in SecuredMessage message)
    {
        if (NeedsDiscovery || !message.EngineId.SequenceEqual(Peer.EngineId.Octets))
        {
            return UsmOutcome.ForeignEngine;
        }

        return message.UserName.SequenceEqual(_name) ? UsmOutcome.Accepted : UsmOutcome.ForeignUser;
    }

    private bool TryOpen(in SecuredMessage message, Span<byte> plain, out ScopedPdu scoped)
    {
        if (!message.IsEncrypted)
        {
            return SecuredMessageReader.TryReadScopedPdu(message.Data, out scoped) == SnmpParseError.None;
        }

        scoped = default;
        return GetKeys(Peer.EngineId).TryDecrypt(message, plain)
            && SecuredMessageReader.TryReadScopedPdu(plain[..message.Data.Length], out scoped) == SnmpParseError.None;
    }

    // RFC 3412 section 7.2 step 12: what answers a request speaks of its context.
    private UsmOutcome Accept(in SecuredMessage message, in ScopedPdu scoped)
    {
        var contextEngine = User.ContextEngineId.IsEmpty ? Peer.EngineId : User.ContextEngineId;
        if (!scoped.ContextName.SequenceEqual(_context) || !scoped.ContextEngineId.SequenceEqual(contextEngine.Octets))
        {
            return UsmOutcome.ForeignContext;
        }

        Peer.NoteMaxSize(message.MaxSize);
        _discoveries = 0;
        _rejections = 0;
        _hasSteppedBack = false;
        return UsmOutcome.Accepted;
    }

    private UsmOutcome ProcessReport(in SecuredMessage message, ReportKind kind) => kind switch
    {
        ReportKind.UnknownEngineId => Discover(message),
        ReportKind.NotInTimeWindow => UsmOutcome.UntrustedReport,
        ReportKind.UnknownUserName => UsmOutcome.UnknownUserName,
        ReportKind.WrongDigest => UsmOutcome.WrongDigest,
        ReportKind.UnsupportedSecurityLevel => UsmOutcome.UnsupportedSecurityLevel,
        ReportKind.DecryptionError => UsmOutcome.DecryptionError,
        ReportKind.UnknownContext => UsmOutcome.UnknownContext,
        ReportKind.UnavailableContext => UsmOutcome.UnavailableContext,
        _ => UsmOutcome.OtherReport,
    };

    private UsmOutcome Discover(in SecuredMessage message)
    {
        if (message.EngineId.IsEmpty)
        {
            return UsmOutcome.Malformed;
        }

        var isKnown = message.EngineId.SequenceEqual(Peer.EngineId.Octets);
        if (isKnown || !User.EngineId.IsEmpty || _discoveries == MostDiscoveries)
        {
            // This request fails, but the next one may be luckier.
            _discoveries = 0;
            return UsmOutcome.UnknownEngineId;
        }

        _discoveries++;
        Peer.Rename(new SnmpEngineId(message.EngineId));
        Peer.Hint(message.Boots, message.Time);
        return UsmOutcome.EngineDiscovered;
    }

    // The report is signed and answers a message that was sent just now, so that it is no replay of an older one. Backwards it must come twice all the same.
    private UsmOutcome Resynchronize(in SecuredMessage message, (int Boots, int Time) before)
    {
        if (++_rejections > MostRejections)
        {
            return GiveUpTime();
        }

        if (message.Boots > before.Boots || (message.Boots == before.Boots && message.Time >= before.Time))
        {
            Peer.Synchronize(message.Boots, message.Time);
            return UsmOutcome.TimeSynchronized;
        }

        if (_rejections == 1)
        {
            return UsmOutcome.TimeDoubted;
        }

        if (_hasSteppedBack)
        {
            return GiveUpTime();
        }

        _hasSteppedBack = true;
        Peer.Synchronize(message.Boots, message.Time);
        return UsmOutcome.TimeSteppedBack;
    }

    // This request fails, but the next one may be luckier.
    private UsmOutcome GiveUpTime()
    {
        _rejections = 0;
        _hasSteppedBack = false;
        return UsmOutcome.NotInTimeWindow;
    }
}
