using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>One record as values of its own, which outlive the block.</summary>
/// <param name="Request">The request it belongs to.</param>
/// <param name="Timestamp">When it came.</param>
/// <param name="Root">Which root of the request's shape it belongs to.</param>
/// <param name="Index">What follows the root in its name.</param>
/// <param name="VarBind">Its name and value.</param>
public readonly record struct ResultRow(BlockRequest Request, DateTimeOffset Timestamp, int Root, OidIndex Index, VarBind VarBind);
