namespace Connections.Snmp.Mibs.Loading;

/// <summary>How far the OID of a definition is.</summary>
internal enum OidState : byte
{
    Unknown,
    UnderWay,
    Resolved,
    Unresolvable,
}
