namespace Connections.Snmp.Notifications;

/// <summary>Why a datagram that came to a listener brought no notification.</summary>
public enum SnmpNotificationDrop
{
    /// <summary>It was not dropped.</summary>
    None = 0,

    /// <summary>The octets are no message of SNMP, or hold a value that SMIv2 does not have.</summary>
    Unparsable,

    /// <summary>The message is neither a trap nor an inform: a GET, say.</summary>
    NotANotification,

    /// <summary>The community is none of those that are accepted.</summary>
    WrongCommunity,

    /// <summary>SNMPv3: an engine ID that is neither the listener's own nor one that the user may send from, in a message that is no discovery.</summary>
    UnknownEngine,

    /// <summary>SNMPv3: no such user.</summary>
    UnknownUser,

    /// <summary>SNMPv3: the message is protected less, or more, than the user's protocols provide.</summary>
    WrongSecurityLevel,

    /// <summary>SNMPv3: the signature is wrong: another password, or a forgery.</summary>
    WrongDigest,

    /// <summary>SNMPv3: the message is old, or a copy of an old one; or two devices have one engine ID.</summary>
    NotInTimeWindow,

    /// <summary>SNMPv3: the signature is right, but the octets are not what this privacy key encrypts.</summary>
    Undecipherable,

    /// <summary>An inform whose acknowledgement, which repeats its varbinds, would be larger than its sender takes, or than a datagram; it was answered with tooBig
    /// (RFC 3416 section 4.2.7).</summary>
    TooBig,

    /// <summary>The queue was full: whoever reads the notifications is too slow. An inform is not acknowledged, so that its sender repeats it; a trap is lost.</summary>
    QueueFull,
}
