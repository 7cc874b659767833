using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>
/// Finds what a name means in a module: what the module defines, what it imports, and else, since many modules forget an import, what any other module defines; the
/// last is told.
/// </summary>
internal sealed class SymbolTable
{
    // Of modules that import a name to be imported from them.
    private const int LongestDetour = 4;

    private readonly Dictionary<string, ModuleScope> _byName;
    private readonly NameIndex<ParsedDefinition> _definitions;
    private readonly NameIndex<ParsedType> _types;

    /// <summary>Makes it of scopes in the order in which they are asked.</summary>
    internal SymbolTable(IReadOnlyList<ModuleScope> scopes)
    {
        _byName = scopes.ToDictionary(static scope => scope.Module.Name, StringComparer.Ordinal);
        _definitions = new NameIndex<ParsedDefinition>(scopes, static module => module.DefinitionsByName);
        _types = new NameIndex<ParsedType>(scopes, static module => module.Types);
    }

    internal (ModuleScope Scope, ParsedDefinition Definition)? FindDefinition(ModuleScope from, string name, int line) => Find(_definitions, from, name, line);

    internal (ModuleScope Scope, ParsedType Type)? FindType(ModuleScope from, string name, int line) => Find(_types, from, name, line);

    /// <summary>Tells which modules a module imports from that nobody has.</summary>
    internal void TellMissing(ModuleScope scope)
    {
        foreach (var (module, line) in scope.Module.Imports.Values)
        {
            if (!_byName.ContainsKey(module) && scope.Missing.Add(module))
            {
                scope.Log.Warn(line, $"The module {module}, which {scope.Module.Name} imports from, is not there.", "Load it too; what is imported is looked for in the other modules.");
            }
        }
    }

    private (ModuleScope, T)? Find<T>(NameIndex<T> index, ModuleScope from, string name, int line)
        where T : class
    {
        if (Defined(index, from, name) is { } found)
        {
            return found;
        }

        if (index.Find(name) is { } elsewhere)
        {
            // The roots belong to no module.
            if (!from.Module.IsBuiltIn && elsewhere.Item1.Module.Name.Length > 0)
            {
                Tell(from, name, line, elsewhere.Item1.Module.Name);
            }

            return elsewhere;
        }

        if (index.Guess(from, name) is { } similar)
        {
            from.Log.Warn(line, $"'{name}' is defined nowhere.", $"It was taken for '{NameIndex<T>.NameOf(similar.Item2)}' of {similar.Item1.Module.Name}.");
            return similar;
        }

        return null;
    }

    private (ModuleScope, T)? Defined<T>(NameIndex<T> index, ModuleScope scope, string name)
        where T : class
    {
        for (var detour = 0; detour < LongestDetour; detour++)
        {
            if (index.Of(scope.Module).TryGetValue(name, out var own))
            {
                return (scope, own);
            }

            if (!scope.Module.Imports.TryGetValue(name, out var import) || !_byName.TryGetValue(import.Module, out var next))
            {
                return null;
            }

            scope = next;
        }

        return null;
    }

    private void Tell(ModuleScope from, string name, int line, string module)
    {
        if (!from.Module.Imports.TryGetValue(name, out var import))
        {
            from.Log.Warn(line, $"'{name}' is not imported.", $"It was taken for that of {module}: add '{name} FROM {module}' to IMPORTS.");
        }
        else if (_byName.TryGetValue(import.Module, out var asked) && !asked.Module.IsBuiltIn)
        {
            from.Log.Warn(import.Line, $"'{name}' is not defined in {import.Module}.", $"It was taken for that of {module}.");
        }
    }
}
