namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A piece of a module's text. That of a text, or of hexadecimal and binary digits, is what stands between its quotation marks.</summary>
internal readonly record struct MibToken(MibTokenKind Kind, int Start, int Length, int Line);
