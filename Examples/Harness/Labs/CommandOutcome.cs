using Connections.Snmp.Protocol;

namespace Connections.Harness.Labs;

/// <summary>What a command on a device gave.</summary>
/// <param name="VarBinds">The values.</param>
/// <param name="Ticket">The order of asking among all that the pool served, from 1; 0 where there is no pool.</param>
/// <param name="Queued">How long it waited for a free worker.</param>
/// <param name="Took">How long the device took.</param>
/// <param name="GrantOrder">The order in which it got its worker.</param>
internal sealed record CommandOutcome(IReadOnlyList<VarBind> VarBinds, long Ticket, TimeSpan Queued, TimeSpan Took, long GrantOrder);
