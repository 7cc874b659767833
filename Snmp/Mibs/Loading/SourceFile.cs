namespace Connections.Snmp.Mibs.Loading;

/// <summary>A file to read: one that was asked for by its own path, or one that happens to be in a folder, which may have other things than modules in it.</summary>
internal readonly record struct SourceFile(string Path, bool IsNamed);
