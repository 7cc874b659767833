using System.Collections.Immutable;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>What was in a file, as it was of that size and time. Compared by reference: a file that is parsed again is another one.</summary>
internal sealed class ParsedFile(string path, long size, DateTime modified)
{
    internal string Path { get; } = path;

    internal ImmutableArray<ParsedModule> Modules { get; init; } = [];

    /// <summary>What concerns no module of it.</summary>
    internal ImmutableArray<MibDiagnostic> Diagnostics { get; init; } = [];

    internal bool IsStill(FileInfo file) => file.Length == size && file.LastWriteTimeUtc == modified;
}
