using System.Collections.Immutable;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>What the paths that a user gave stand for: files to read, and folders to search for what these import.</summary>
internal sealed class MibSource
{
    private const int MaxFiles = 100_000;
    private const int MaxRecursion = 16;

    private readonly MibLoadOptions _options;
    private readonly List<SourceFile> _files = [];
    private readonly List<string> _searchFolders = [];
    private readonly List<MibDiagnostic> _problems = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    private MibSource(MibLoadOptions options) => _options = options;

    internal IReadOnlyList<SourceFile> Files => _files;

    /// <summary>Where imported modules may be, in the order in which to look.</summary>
    internal IReadOnlyList<string> SearchFolders => _searchFolders;

    /// <summary>What is wrong with the paths.</summary>
    internal ImmutableArray<MibDiagnostic> Problems { get; private set; } = [];

    internal static MibSource Of(IEnumerable<string> paths, MibLoadOptions options)
    {
        var source = new MibSource(options);
        foreach (var entry in paths.SelectMany(MibPathList.Split))
        {
            source.Add(entry);
        }

        source._searchFolders.AddRange(options.SearchPaths.SelectMany(MibPathList.Split).Select(static entry => Path.GetFullPath(entry.Path)).Where(Directory.Exists));
        source.Problems = [.. source._problems];
        return source;
    }

    /// <summary>Whether the folder of a file is one that was read.</summary>
    internal bool HasFolderOf(string file) => Path.GetDirectoryName(file) is { } folder && _folders.Contains(folder);

    private void Add(MibPathEntry entry)
    {
        var path = Path.GetFullPath(entry.Path);
        if (File.Exists(path))
        {
            _files.Add(new SourceFile(path, IsNamed: true));
            _searchFolders.Add(Path.GetDirectoryName(path)!);
        }
        else if (Directory.Exists(path))
        {
            AddFolder(path);
        }
        else if (!entry.IsOptional)
        {
            _problems.Add(new MibDiagnostic(path, 0, MibSeverity.Error, "There is no such file or folder."));
        }
    }

    private void AddFolder(string folder)
    {
        var found = new List<string>();
        try
        {
            var enumeration = new EnumerationOptions { RecurseSubdirectories = _options.IsRecursive, MaxRecursionDepth = MaxRecursion };
            found.AddRange(Directory.EnumerateFiles(folder, "*", enumeration).Take(MaxFiles));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new MibDiagnostic(folder, 0, MibSeverity.Error, $"The folder cannot be read: {error.Message}"));
        }

        found.Sort(StringComparer.Ordinal);
        _folders.Add(folder.Length > 1 ? Path.TrimEndingDirectorySeparator(folder) : folder);
        foreach (var file in found)
        {
            _files.Add(new SourceFile(file, IsNamed: false));
            _folders.Add(Path.GetDirectoryName(file)!);
        }
    }
}
