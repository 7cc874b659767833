using System.Collections.Immutable;
using Connections.Snmp.Mibs.BuiltIn;
using Connections.Snmp.Mibs.Loading;
using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs;

/// <summary>
/// Reads MIB modules, and makes trees of all that it has read and the built-in names. Any number of threads may load at once, by one loader or by several.
/// </summary>
/// <remarks>
/// A loader remembers: what it loads is added to what it loaded before, and a file is parsed again only when its size or its time has changed. A file that is loaded
/// again is replaced. Where several files have a module of the same name, the first path wins, and the others are told; a module that is loaded replaces the built-in
/// one of its name.
/// <para>
/// Nothing that is wrong with a file or module is an exception: it is a <see cref="MibDiagnostic"/> of the tree and of its module, and all that is sound is loaded.
/// </para>
/// </remarks>
public sealed class MibLoader
{
    private readonly Lock _gate = new();
    private readonly FileCache _cache = new();
    private ImmutableArray<ParsedFile> _files = [];
    private ImmutableArray<MibDiagnostic> _problems = [];
    private bool _withBuiltIn = true;
    private MibTree? _tree;

    /// <summary>The loader that programs use which need only one.</summary>
    public static MibLoader Shared { get; } = new();

    /// <summary>Loads modules from one path.</summary>
    /// <inheritdoc cref="LoadAsync(IEnumerable{string}, MibLoadOptions?, CancellationToken)"/>
    public Task<MibTree> LoadAsync(string path, MibLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return LoadAsync([path], options, cancellationToken);
    }

    /// <summary>Loads modules, makes a tree of them and all that were loaded before, and publishes it.</summary>
    /// <param name="paths">
    /// Files; folders, of which every file is read that has a module; and lists of these as in Net-SNMP's MIBDIRS: separated by colons (semicolons on Windows), and with
    /// <c>+</c> in front added behind the folders where Net-SNMP looks by default, with <c>-</c> in front before these.
    /// </param>
    /// <param name="options">What else is to be read, and how; the defaults if left out.</param>
    /// <param name="cancellationToken">Ends the reading; the tree stays what it was.</param>
    /// <returns>The tree, which tells in <see cref="MibTree.Diagnostics"/> what was wrong.</returns>
    /// <exception cref="ArgumentNullException">There are no paths.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<MibTree> LoadAsync(IEnumerable<string> paths, MibLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new MibLoadOptions();
        var source = MibSource.Of(paths, options);
        var files = await _cache.ReadAsync(source.Files, options.MaxFileSize, cancellationToken).ConfigureAwait(false);
        var needed = new NeededModules(_cache, source.SearchFolders, options);
        files = files.AddRange(await needed.FindAsync([.. _files, .. files], cancellationToken).ConfigureAwait(false));
        lock (_gate)
        {
            return Add(files, source, options);
        }
    }

    private MibTree Add(ImmutableArray<ParsedFile> files, MibSource source, MibLoadOptions options)
    {
        var merged = Merge(_files, files, source);
        if (_tree is not { } tree || options.WithBuiltIn != _withBuiltIn || !merged.SequenceEqual(_files) || !source.Problems.SequenceEqual(_problems))
        {
            (_files, _problems, _withBuiltIn) = (merged, source.Problems, options.WithBuiltIn);
            tree = _tree = Build();
        }

        if (options.Publish)
        {
            MibTree.Publish(tree);
        }

        return tree;
    }

    // A file keeps its place when it is read again; one that is gone from a folder that was read is forgotten.
    private static ImmutableArray<ParsedFile> Merge(ImmutableArray<ParsedFile> known, ImmutableArray<ParsedFile> read, MibSource source)
    {
        var byPath = read.DistinctBy(static file => file.Path).ToDictionary(static file => file.Path, StringComparer.Ordinal);
        var paths = known.Select(static file => file.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. known.Where(file => byPath.ContainsKey(file.Path) || !source.HasFolderOf(file.Path)).Select(file => byPath.GetValueOrDefault(file.Path, file)),
            .. read.DistinctBy(static file => file.Path).Where(file => !paths.Contains(file.Path)),
        ];
    }

    private MibTree Build()
    {
        var modules = new Dictionary<string, ParsedModule>(StringComparer.Ordinal);
        var diagnostics = new List<MibDiagnostic>(_problems);
        foreach (var file in _files)
        {
            diagnostics.AddRange(file.Diagnostics);
            foreach (var module in file.Modules)
            {
                if (!modules.TryAdd(module.Name, module))
                {
                    diagnostics.Add(new MibDiagnostic(
                        file.Path, module.Line, MibSeverity.Warning, $"The module {module.Name} is in {modules[module.Name].File} too.", "That one was loaded first, and this one left out."));
                }
            }
        }

        return TreeBuilder.Build(_withBuiltIn ? BuiltInModules.All : BuiltInModules.RootsAlone, [.. modules.Values], diagnostics);
    }
}
