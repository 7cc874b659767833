using System.Collections.Immutable;

namespace Connections.Snmp.Mibs.Parsing;

/// <summary>The diagnostics of one file or module, of which a hostile one cannot make more than a limit.</summary>
internal sealed class MibParseLog(string file)
{
    private const int Most = 1000;

    private readonly List<MibDiagnostic> _diagnostics = [];

    internal string File { get; } = file;

    internal int Count => _diagnostics.Count;

    internal void Note(int line, string message, string hint = "") => Add(line, MibSeverity.Information, message, hint);

    internal void Warn(int line, string message, string hint = "") => Add(line, MibSeverity.Warning, message, hint);

    internal void Fail(int line, string message, string hint = "") => Add(line, MibSeverity.Error, message, hint);

    /// <summary>What was added since a count, in the order of lines.</summary>
    internal ImmutableArray<MibDiagnostic> Since(int count) => [.. _diagnostics.Skip(count).OrderBy(static diagnostic => diagnostic.Line)];

    private void Add(int line, MibSeverity severity, string message, string hint)
    {
        if (_diagnostics.Count < Most)
        {
            _diagnostics.Add(new MibDiagnostic(File, line, severity, message, hint));
        }
        else if (_diagnostics.Count == Most)
        {
            _diagnostics.Add(new MibDiagnostic(File, line, MibSeverity.Error, "There is more wrong than is told.", $"The first {Most} diagnostics stand above."));
        }
    }
}
