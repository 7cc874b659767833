namespace Connections.Snmp.Mibs;

/// <summary>A range of values, or of sizes in octets. Both ends belong to it.</summary>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
public readonly record struct MibRange(decimal Least, decimal Most);
