using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>A record that is not what was expected.</summary>
/// <param name="Root">Which root of the request's shape it belongs to.</param>
/// <param name="Index">What follows the root in its name.</param>
/// <param name="Type">Its value's type.</param>
/// <param name="Failure">Why it is not.</param>
public sealed record RecordFailure(int Root, OidIndex Index, SnmpType Type, ParseFailure Failure);
