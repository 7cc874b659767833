namespace Connections.Snmp.Engine;

/// <summary>What a walk knows beyond its last OID, between two bursts. Immutable, so that a burst may be repeated.</summary>
/// <param name="Columns">The roots.</param>
/// <param name="Width">How many of them share a request.</param>
/// <param name="RepetitionLimit">How many repetitions the agent's <c>tooBig</c> leaves.</param>
/// <param name="VarBindOctets">The usual size of a varbind; 0 while none is known.</param>
/// <param name="StartedAt">When the first burst began.</param>
internal sealed record WalkState(WalkColumn[] Columns, int Width, int RepetitionLimit, int VarBindOctets, long StartedAt);
