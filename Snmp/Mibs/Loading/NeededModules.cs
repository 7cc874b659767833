using System.Collections.Immutable;
using Connections.Snmp.Mibs.BuiltIn;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Looks in folders for modules that are imported and not there, and for what these import in turn.</summary>
internal sealed class NeededModules(FileCache cache, IReadOnlyList<string> folders, MibLoadOptions options)
{
    // A folder with more files is no folder of modules.
    private const int MaxFiles = 10_000;

    private readonly Dictionary<string, ImmutableArray<string>> _listings = new(StringComparer.Ordinal);

    /// <summary>Finds them.</summary>
    /// <param name="files">What is there already.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The files that have them.</returns>
    internal async Task<ImmutableArray<ParsedFile>> FindAsync(IReadOnlyList<ParsedFile> files, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<ParsedFile>();
        var there = (options.WithBuiltIn ? BuiltInModules.All : []).Select(static module => module.Name).ToHashSet(StringComparer.Ordinal);
        var asking = new Queue<ParsedFile>(files);
        foreach (var module in files.SelectMany(static file => file.Modules))
        {
            there.Add(module.Name);
        }

        while (folders.Count > 0 && asking.TryDequeue(out var file))
        {
            foreach (var import in file.Modules.SelectMany(static module => module.Imports.Values).Select(static import => import.Module).Distinct())
            {
                // One that was not found is not looked for again.
                if (there.Add(import) && await FindAsync(import, cancellationToken).ConfigureAwait(false) is { } needed)
                {
                    found.Add(needed);
                    asking.Enqueue(needed);
                    there.UnionWith(needed.Modules.Select(static module => module.Name));
                }
            }
        }

        return found.DrainToImmutable();
    }

    private async Task<ParsedFile?> FindAsync(string module, CancellationToken cancellationToken)
    {
        foreach (var folder in folders)
        {
            // A file has the name of its module mostly, with some ending; where none does, all are looked into.
            var files = ListingOf(folder);
            var likely = files.Where(file => Path.GetFileNameWithoutExtension(file.AsSpan()).Equals(module, StringComparison.OrdinalIgnoreCase));
            if (await FindAsync(module, likely, cancellationToken).ConfigureAwait(false) is { } found
                || (found = await FindAsync(module, files, cancellationToken).ConfigureAwait(false)) is not null)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<ParsedFile?> FindAsync(string module, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var read = await cache.ReadAsync([.. files.Select(static file => new SourceFile(file, IsNamed: false))], options.MaxFileSize, cancellationToken).ConfigureAwait(false);
        return read.FirstOrDefault(file => file.Modules.Any(found => found.Name == module));
    }

    private ImmutableArray<string> ListingOf(string folder)
    {
        if (_listings.TryGetValue(folder, out var listing))
        {
            return listing;
        }

        try
        {
            listing = [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions()).Take(MaxFiles).Order(StringComparer.Ordinal)];
        }
        catch (IOException)
        {
            // A folder that has gone meanwhile has no modules.
            listing = [];
        }

        _listings.Add(folder, listing);
        return listing;
    }
}
