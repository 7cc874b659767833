using System.Collections.Immutable;

namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A module as its file has it, with nothing resolved. Nobody changes it, since many trees share it.</summary>
internal sealed class ParsedModule
{
    internal ParsedModule(string name, string? file, int line, IReadOnlyList<ParsedDefinition> definitions, IEnumerable<ParsedType> types)
    {
        Name = name;
        File = file;
        Line = line;
        Definitions = [.. definitions];
        var byName = new Dictionary<string, ParsedDefinition>(definitions.Count, StringComparer.Ordinal);
        for (var i = 0; i < definitions.Count; i++)
        {
            definitions[i].Ordinal = i;
            byName.TryAdd(definitions[i].Name, definitions[i]);
        }

        DefinitionsByName = byName;
        var typesByName = new Dictionary<string, ParsedType>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            typesByName.TryAdd(type.Name, type);
        }

        Types = typesByName;
    }

    internal string Name { get; }

    /// <summary>The path of its file; none for the built-in names.</summary>
    internal string? File { get; }

    internal int Line { get; }

    internal bool IsBuiltIn => File is null;

    /// <summary>Whether it is of SMIv2: it has a MODULE-IDENTITY, or is one of those that define SMIv2.</summary>
    internal bool IsVersion2 { get; init; }

    internal ImmutableArray<ParsedDefinition> Definitions { get; }

    internal IReadOnlyDictionary<string, ParsedDefinition> DefinitionsByName { get; }

    internal IReadOnlyDictionary<string, ParsedType> Types { get; }

    internal IReadOnlyDictionary<string, ParsedImport> Imports { get; init; } = ImmutableDictionary<string, ParsedImport>.Empty;

    internal ImmutableArray<MibDiagnostic> Diagnostics { get; init; } = [];
}
