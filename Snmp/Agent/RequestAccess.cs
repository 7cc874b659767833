namespace Connections.Snmp.Agent;

/// <summary>What the sender of a request may do.</summary>
internal enum RequestAccess
{
    /// <summary>Nothing: an unknown community is met with silence, a user's level that does not suffice with authorizationError.</summary>
    None,

    /// <summary>GET, GETNEXT and GETBULK; a SET is answered with noAccess.</summary>
    ReadOnly,

    /// <summary>All operations.</summary>
    ReadWrite,
}
