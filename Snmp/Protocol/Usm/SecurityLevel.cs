namespace Connections.Snmp.Protocol.Usm;

/// <summary>How well messages of SNMPv3 are protected (RFC 3411 section 3.4.3); a larger one includes the smaller.</summary>
public enum SecurityLevel
{
    /// <summary>Neither signed nor encrypted.</summary>
    NoAuthNoPriv = 0,

    /// <summary>Signed.</summary>
    AuthNoPriv = 1,

    /// <summary>Signed and encrypted.</summary>
    AuthPriv = 3,
}
