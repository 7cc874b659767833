namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A part of an INDEX.</summary>
internal readonly record struct ParsedIndexPart(string Name, bool IsImplied);
