namespace Connections.Snmp.Mibs.Loading;

/// <summary>An entry of a list of paths; an optional one need not be there.</summary>
internal readonly record struct MibPathEntry(string Path, bool IsOptional);
