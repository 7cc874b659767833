using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Files as they were parsed, each until its size or time changes. Thread-safe; two threads that want the same file at once may both parse it.</summary>
internal sealed class FileCache
{
    private readonly ConcurrentDictionary<string, ParsedFile> _files = new(StringComparer.Ordinal);

    /// <summary>Reads files in parallel.</summary>
    /// <returns>Those that have modules or should have, in the order in which they were given.</returns>
    internal async Task<ImmutableArray<ParsedFile>> ReadAsync(IReadOnlyList<SourceFile> sources, int maxSize, CancellationToken cancellationToken)
    {
        var read = new ParsedFile?[sources.Count];
        await Parallel.ForAsync(0, sources.Count, cancellationToken, async (i, token) => read[i] = await ReadAsync(sources[i], maxSize, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return [.. read.OfType<ParsedFile>()];
    }

    private async ValueTask<ParsedFile?> ReadAsync(SourceFile source, int maxSize, CancellationToken cancellationToken)
    {
        var info = new FileInfo(source.Path);
        try
        {
            if (_files.TryGetValue(source.Path, out var known) && known.IsStill(info))
            {
                return IsWorthTelling(known, source) ? known : null;
            }

            var file = await FileParser.ParseAsync(info, maxSize, cancellationToken).ConfigureAwait(false);
            _files[source.Path] = file;
            return IsWorthTelling(file, source) ? file : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileParser.Refused(info, $"The file cannot be read: {error.Message}");
        }
    }

    // A folder may have other files than modules in it.
    private static bool IsWorthTelling(ParsedFile file, SourceFile source) => source.IsNamed || !file.Modules.IsEmpty;
}
