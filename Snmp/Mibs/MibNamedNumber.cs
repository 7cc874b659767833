namespace Connections.Snmp.Mibs;

/// <summary>A label of an enumeration, or the name of a bit of BITS.</summary>
/// <param name="Name">The label, such as <c>up</c>.</param>
/// <param name="Number">The number, or the position of the bit, where 0 is the most significant bit of the first octet.</param>
public readonly record struct MibNamedNumber(string Name, int Number);
