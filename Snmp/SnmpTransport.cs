namespace Connections.Snmp;

/// <summary>What SNMP messages travel in.</summary>
public enum SnmpTransport
{
    /// <summary>UDP (RFC 3417): what every agent has.</summary>
    Udp,

    /// <summary>
    /// TCP (RFC 3430): for large replies and networks that drop fragments. A connection to each agent serves all requests to it and is kept; where it breaks,
    /// another one takes its place.
    /// </summary>
    Tcp,
}
