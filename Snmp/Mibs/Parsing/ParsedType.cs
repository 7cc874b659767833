namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A type assignment, mostly a TEXTUAL-CONVENTION. Immutable.</summary>
internal sealed record ParsedType(string Name, ParsedSyntax Syntax, string? DisplayHint);
