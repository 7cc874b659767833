namespace Connections.Snmp.Protocol.Usm;

/// <summary>What became of a message that a remote engine sent; <see cref="UsmOutcomes"/> tells what to do about it.</summary>
internal enum UsmOutcome
{
    /// <summary>The message is what it claims to be, and its PDU can be used.</summary>
    Accepted = 0,

    /// <summary>The engine told its name for the first time, or another one than before. The request must be sent again.</summary>
    EngineDiscovered,

    /// <summary>The engine told its time, verifiably. The request must be sent again.</summary>
    TimeSynchronized,

    /// <summary>The engine told a time that lies before the one it told earlier. It may be a replay, so that it must say so once more: send again.</summary>
    TimeDoubted,

    /// <summary>The engine insisted on a time that lies before the one it told earlier, and that one was taken over; worth a line in the log. Send again.</summary>
    TimeSteppedBack,

    /// <summary>Report: the request was refused, but it was written before the engine's name and clock were known as they are now. Send again,
    /// unless it was sent again since.</summary>
    Outdated,

    /// <summary>Report: the engine does not accept its own time, however often it tells it.</summary>
    NotInTimeWindow,

    /// <summary>Report: the engine has another name than the one that was given or that it told just now.</summary>
    UnknownEngineId,

    /// <summary>Report: the engine does not know the user.</summary>
    UnknownUserName,

    /// <summary>Report: the engine finds the signature wrong: the authentication password or protocol differs.</summary>
    WrongDigest,

    /// <summary>Report: the engine does not let the user use this security level.</summary>
    UnsupportedSecurityLevel,

    /// <summary>Report: the engine could not decrypt: the privacy password or protocol differs.</summary>
    DecryptionError,

    /// <summary>Report: the engine does not know the context.</summary>
    UnknownContext,

    /// <summary>Report: the engine knows the context, but does not have it now.</summary>
    UnavailableContext,

    /// <summary>Report: something else; <see cref="ReportCounters.Identify"/> tells more.</summary>
    OtherReport,

    /// <summary>A Report that only a signed message may make, without signature.</summary>
    UntrustedReport,

    /// <summary>The message is no correct message of SNMPv3 with USM.</summary>
    Malformed,

    /// <summary>The message is of another engine.</summary>
    ForeignEngine,

    /// <summary>The message is of another user.</summary>
    ForeignUser,

    /// <summary>The PDU speaks of another context than was asked for.</summary>
    ForeignContext,

    /// <summary>The message is protected less than the user's level demands.</summary>
    Unprotected,

    /// <summary>The signature is wrong.</summary>
    NotAuthentic,

    /// <summary>The message is old: it may be a replay.</summary>
    TooOld,

    /// <summary>The signature is right, but the octets are not what this privacy key encrypts.</summary>
    Undecipherable,
}
