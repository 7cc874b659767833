namespace Connections.Snmp.Protocol.Usm;

// What comes to this engine (RFC 3414 section 3.2), and the Reports that refuse it.
internal sealed partial class UsmAuthority
{
    /// <summary>Judges a message: its engine, user, level, signature, time and encryption.</summary>
    /// <param name="message">What <see cref="SecuredMessageReader.TryRead"/> read.</param>
    /// <param name="plain">Where the decrypted octets go: at least as long as the datagram; the PDU refers to them.</param>
    /// <param name="scoped">The PDU, where it could be read.</param>
    /// <param name="user">The user, where the message is accepted.</param>
    /// <param name="report">Why the message is refused, unless it is accepted or no message at all; it is counted.</param>
    public UsmVerdict Process(in SecuredMessage message, Span<byte> plain, out ScopedPdu scoped, out SnmpUser? user, out ReportKind report)
    {
        user = null;
        report = Judge(message, plain, out scoped, out var entry);
        if (report != ReportKind.Other)
        {
            _reports[(int)report]++;
            return message.IsReportable ? UsmVerdict.Report : UsmVerdict.Dropped;
        }

        user = entry?.User;
        return user is null ? UsmVerdict.Dropped : UsmVerdict.Accepted;
    }

    /// <summary>
    /// Writes the Report that refuses a message. It is signed where it tells the time, so that it can be believed, and protected as the message was where that is at fault in
    /// its context or PDU alone (RFC 3413 section 3.2); otherwise it is plain.
    /// </summary>
    /// <param name="buffer">Where the message goes.</param>
    /// <param name="message">The message that is refused.</param>
    /// <param name="requestId">The request-id of its PDU, where that could be read; otherwise 0.</param>
    /// <param name="kind">Why.</param>
    /// <param name="length">The length of the message, 0 where it does not fit.</param>
    /// <returns>Whether it fits the buffer.</returns>
    public bool TryWriteReport(Span<byte> buffer, scoped in SecuredMessage message, int requestId, ReportKind kind, out int length)
    {
        var flags = FlagsOf(message, kind);
        var keys = flags == SecuredFlags.None ? null : FindKeys(message.UserName);
        var name = kind == ReportKind.UnknownEngineId ? default : message.UserName;
        var fields = Fields(message.MessageId, flags, name, keys, EngineId.Octets, default);
        var writer = new SnmpMessageWriter(buffer, fields, PduType.Report, requestId);
        return writer.TryAdd(ReportCounters.NameOf(kind), SnmpValue.Counter32(CountOf(kind))) & TryComplete(ref writer, buffer, keys, out length);
    }

    private static SecuredFlags FlagsOf(in SecuredMessage message, ReportKind kind) => kind switch
    {
        ReportKind.NotInTimeWindow => SecuredFlags.Authenticated,
        ReportKind.UnknownPduHandler or ReportKind.UnavailableContext or ReportKind.UnknownContext =>
            message.Flags & (SecuredFlags.Authenticated | SecuredFlags.Encrypted),
        _ => SecuredFlags.None,
    };

    // Other means that nothing is wrong, or that the message is no message: then there is no user.
    private ReportKind Judge(in SecuredMessage message, Span<byte> plain, out ScopedPdu scoped, out UserEntry? entry)
    {
        scoped = default;
        entry = null;
        if (message.SecurityModel != SecuredMessage.Usm)
        {
            return ReportKind.UnknownSecurityModel;
        }

        if (message.IsEncrypted && !message.IsAuthenticated)
        {
            return ReportKind.InvalidMessage;
        }

        if (!message.EngineId.SequenceEqual(EngineId.Octets))
        {
            // A plain PDU tells the request-id for the Report; one that is none changes nothing.
            _ = message.IsEncrypted ? SnmpParseError.None : SecuredMessageReader.TryReadScopedPdu(message.Data, out scoped);
            return ReportKind.UnknownEngineId;
        }

        if (!_usersByOctets.TryGetValue(message.UserName, out var found))
        {
            return ReportKind.UnknownUserName;
        }

        var problem = CheckProtection(message, found);
        if (problem != ReportKind.Other)
        {
            return problem;
        }

        if (message.IsEncrypted && !found.GetKeys(EngineId).TryDecrypt(message, plain))
        {
            return ReportKind.DecryptionError;
        }

        var octets = message.IsEncrypted ? plain[..message.Data.Length] : message.Data;
        if (SecuredMessageReader.TryReadScopedPdu(octets, out scoped) == SnmpParseError.None)
        {
            entry = found;
        }

        return ReportKind.Other;
    }

    private ReportKind CheckProtection(in SecuredMessage message, UserEntry entry)
    {
        var level = entry.User.Level;
        if ((message.IsAuthenticated && level == SecurityLevel.NoAuthNoPriv) || (message.IsEncrypted && level != SecurityLevel.AuthPriv))
        {
            return ReportKind.UnsupportedSecurityLevel;
        }

        if (!message.IsAuthenticated)
        {
            return ReportKind.Other;
        }

        if (!entry.GetKeys(EngineId).IsAuthentic(message))
        {
            return ReportKind.WrongDigest;
        }

        var isInWindow = Boots != int.MaxValue && message.Boots == Boots && Math.Abs((long)message.Time - Time) <= UsmPeer.Window;
        return isInWindow ? ReportKind.Other : ReportKind.NotInTimeWindow;
    }
}
