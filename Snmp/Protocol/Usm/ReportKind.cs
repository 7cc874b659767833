namespace Connections.Snmp.Protocol.Usm;

/// <summary>What a Report says, by the counter that it carries (RFC 3412 section 5, RFC 3413 section 4.1.2, RFC 3414 section 5).</summary>
internal enum ReportKind
{
    /// <summary>A counter that is none of those below.</summary>
    Other = 0,

    /// <summary>usmStatsUnsupportedSecLevels.</summary>
    UnsupportedSecurityLevel,

    /// <summary>usmStatsNotInTimeWindows.</summary>
    NotInTimeWindow,

    /// <summary>usmStatsUnknownUserNames.</summary>
    UnknownUserName,

    /// <summary>usmStatsUnknownEngineIDs.</summary>
    UnknownEngineId,

    /// <summary>usmStatsWrongDigests.</summary>
    WrongDigest,

    /// <summary>usmStatsDecryptionErrors.</summary>
    DecryptionError,

    /// <summary>snmpUnknownSecurityModels.</summary>
    UnknownSecurityModel,

    /// <summary>snmpInvalidMsgs.</summary>
    InvalidMessage,

    /// <summary>snmpUnknownPDUHandlers.</summary>
    UnknownPduHandler,

    /// <summary>snmpUnavailableContexts.</summary>
    UnavailableContext,

    /// <summary>snmpUnknownContexts.</summary>
    UnknownContext,
}
