namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A step of an OID between braces: a name, a number, or a name with the number it has, as in <c>{ iso org(3) 6 }</c>.</summary>
internal readonly record struct ParsedOidPart(string? Name, uint? Number);
