namespace Connections.Snmp.Protocol;

/// <summary>What keeps a sequence of arcs, or its text, from being an OID.</summary>
internal enum OidFault
{
    None = 0,
    NoArcs,
    EmptyArc,
    NotANumber,
    ArcTooLarge,
    FirstArcTooLarge,
    SecondArcTooLarge,
    TooManyArcs,
}
