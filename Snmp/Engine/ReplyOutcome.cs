namespace Connections.Snmp.Engine;

/// <summary>What an operation made of a reply.</summary>
internal enum ReplyOutcome
{
    /// <summary>The operation has its result.</summary>
    Completed,

    /// <summary>The operation has another request to send: the next page of a walk.</summary>
    Continues,

    /// <summary>The reply cannot be understood; the operation goes on waiting for a better one.</summary>
    Unparsable,

    /// <summary>The reply speaks of other objects than were asked for; the operation goes on waiting for a better one.</summary>
    BesideTheQuestion,
}
