namespace Connections.Snmp.Protocol;

/// <summary>The error-status of a response (RFC 3416 section 3). A peer may send a number that is not listed here.</summary>
public enum SnmpErrorStatus
{
    /// <summary>noError.</summary>
    NoError = 0,

    /// <summary>tooBig: the response would not fit a message.</summary>
    TooBig = 1,

    /// <summary>noSuchName (SNMPv1): the named object does not exist, or nothing follows it.</summary>
    NoSuchName = 2,

    /// <summary>badValue (SNMPv1): the value to set has the wrong type, length or content.</summary>
    BadValue = 3,

    /// <summary>readOnly (SNMPv1).</summary>
    ReadOnly = 4,

    /// <summary>genErr: the agent failed for a reason of its own.</summary>
    GenErr = 5,

    /// <summary>noAccess: the object is not in the view that may be written.</summary>
    NoAccess = 6,

    /// <summary>wrongType: the value to set has another type than the object.</summary>
    WrongType = 7,

    /// <summary>wrongLength: the value to set has a length that the object does not allow.</summary>
    WrongLength = 8,

    /// <summary>wrongEncoding: the value to set is encoded wrongly.</summary>
    WrongEncoding = 9,

    /// <summary>wrongValue: the object can never have the value to set.</summary>
    WrongValue = 10,

    /// <summary>noCreation: the instance does not exist and can never be created.</summary>
    NoCreation = 11,

    /// <summary>inconsistentValue: the object cannot have the value now.</summary>
    InconsistentValue = 12,

    /// <summary>resourceUnavailable: the agent lacks memory or another resource for the change.</summary>
    ResourceUnavailable = 13,

    /// <summary>commitFailed: the change failed after it had been checked, and was undone.</summary>
    CommitFailed = 14,

    /// <summary>undoFailed: the change failed, and part of it could not be undone.</summary>
    UndoFailed = 15,

    /// <summary>authorizationError: access was denied.</summary>
    AuthorizationError = 16,

    /// <summary>notWritable: the object can never be written.</summary>
    NotWritable = 17,

    /// <summary>inconsistentName: the instance cannot be created now.</summary>
    InconsistentName = 18,
}
