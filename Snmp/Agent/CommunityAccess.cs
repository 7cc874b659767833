namespace Connections.Snmp.Agent;

/// <summary>What the sender of a request may do.</summary>
internal enum CommunityAccess
{
    /// <summary>The community is unknown: the request is met with silence.</summary>
    None,

    /// <summary>GET, GETNEXT and GETBULK; a SET is answered with noAccess.</summary>
    ReadOnly,

    /// <summary>All operations.</summary>
    ReadWrite,
}
