namespace Connections.Snmp.Mibs.Parsing;

/// <summary>Where a symbol is imported from, and on which line.</summary>
internal readonly record struct ParsedImport(string Module, int Line);
