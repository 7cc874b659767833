using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

/// <summary>What was seen of a request besides a valid answer; the last thing seen counts.</summary>
internal struct TimeoutHint
{
    private HintKind _kind;
    private DatagramEndPoint _source;

    private enum HintKind : byte
    {
        None,
        PortUnreachable,
        HostUnreachable,
        NetworkUnreachable,
        TooLarge,
        Unparsable,
        OtherSource,
        OtherCommunity,
        OtherObjects,
        NotAuthentic,
        TooOld,
        Undecipherable,
        OtherEngine,
        OtherContext,
        Unaccepted,
        ConnectionLost,
        NoMessage,
    }

    internal void Note(DatagramErrorKind error) => _kind = error switch
    {
        DatagramErrorKind.PortUnreachable => HintKind.PortUnreachable,
        DatagramErrorKind.HostUnreachable => HintKind.HostUnreachable,
        DatagramErrorKind.NetworkUnreachable => HintKind.NetworkUnreachable,
        DatagramErrorKind.TooLarge => HintKind.TooLarge,
        DatagramErrorKind.Unaccepted => HintKind.Unaccepted,
        DatagramErrorKind.ConnectionLost => HintKind.ConnectionLost,
        DatagramErrorKind.NoMessage => HintKind.NoMessage,
        _ => _kind,
    };

    internal void NoteUnparsable() => _kind = HintKind.Unparsable;

    internal void NoteOtherCommunity() => _kind = HintKind.OtherCommunity;

    internal void NoteOtherObjects() => _kind = HintKind.OtherObjects;

    internal void NoteOtherSource(in DatagramEndPoint source)
    {
        _kind = HintKind.OtherSource;
        _source = source;
    }

    /// <summary>Keeps why an answer of SNMPv3 was dropped.</summary>
    internal void Note(UsmOutcome outcome) => _kind = outcome switch
    {
        UsmOutcome.NotAuthentic or UsmOutcome.Unprotected or UsmOutcome.UntrustedReport => HintKind.NotAuthentic,
        UsmOutcome.TooOld => HintKind.TooOld,
        UsmOutcome.Undecipherable => HintKind.Undecipherable,
        UsmOutcome.ForeignEngine or UsmOutcome.ForeignUser => HintKind.OtherEngine,
        UsmOutcome.ForeignContext => HintKind.OtherContext,
        _ => HintKind.Unparsable,
    };

    internal readonly string Describe(SnmpTarget target, SecuredUser? user) => _kind switch
    {
        HintKind.PortUnreachable => $"nothing listens on {target.EndPoint} (port unreachable)",
        HintKind.HostUnreachable => $"{target.EndPoint.Address} cannot be reached (host unreachable)",
        HintKind.NetworkUnreachable => $"there is no route to {target.EndPoint.Address} (network unreachable)",
        HintKind.TooLarge => "the request is too large for the network on the way; ask for fewer objects at once",
        HintKind.Unparsable => "answers came that are not valid SNMP",
        HintKind.OtherSource => $"an answer came from {_source} instead, and was not trusted",
        HintKind.OtherCommunity => "an answer came with another community or version, and was not trusted",
        HintKind.OtherObjects => "answers came that hold other objects than were asked for",
        HintKind.NotAuthentic => "an answer came that is not signed as that of the user must be, and was not trusted",
        HintKind.TooOld => "an answer came whose time lies too far back, and was not trusted",
        HintKind.Undecipherable => "an answer came that cannot be decrypted; the privacy password, key or protocol may be another than the agent's",
        HintKind.OtherEngine => "an answer came from another SNMP engine or user, and was not trusted",
        HintKind.OtherContext => "an answer came of another context than was asked for, and was not trusted",
        HintKind.Unaccepted => $"no connection to {target.EndPoint} was accepted in time; the host may be down, or a firewall may drop the packets",
        HintKind.ConnectionLost =>
            "the connection ended before an answer came; what was to be set may be set all the same, and an agent may close on whom it does not serve",
        HintKind.NoMessage => "the connection was given up, because it brought what is no SNMP message, or the rest of one did not come",
        _ when user is null =>
            "the host may be down, a firewall may drop the packets, or the community may be wrong, which agents answer with silence",
        _ when user.Peer.Usm.EngineId.IsEmpty =>
            "it did not tell its engine ID; the host may be down, a firewall may drop the packets, or the agent may not speak SNMPv3",
        _ => $"user '{user.User.Name}' and engine {user.Peer.Usm.EngineId}: {CausesOfSilence(user.User)}",
    };

    /// <summary>Why an agent of SNMPv3 may say nothing: it cannot read what it was sent, or lacks the context, for two.</summary>
    internal static string CausesOfSilence(SnmpUser user)
    {
        var privacy = user.Level == SecurityLevel.AuthPriv ? $"the privacy password, key or protocol ({user.Privacy}) may be wrong" : null;
        var context = $"the agent may not have the context '{user.ContextName}'";
        var causes = privacy is null ? context : $"{privacy}, or {context}";
        return $"{causes}, which agents answer with silence; or the host is down, or a firewall drops the packets";
    }
}
