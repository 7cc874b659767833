using Connections.Snmp.Mibs.Parsing;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Which module defines a name, the first one where several do.</summary>
internal sealed class NameIndex<T>
    where T : class
{
    private readonly IReadOnlyList<ModuleScope> _scopes;
    private readonly Func<ParsedModule, IReadOnlyDictionary<string, T>> _namesOf;
    private readonly Dictionary<string, (ModuleScope, T)> _anywhere = new(StringComparer.Ordinal);
    private Dictionary<string, (ModuleScope, T)>? _similar;

    internal NameIndex(IReadOnlyList<ModuleScope> scopes, Func<ParsedModule, IReadOnlyDictionary<string, T>> namesOf)
    {
        _scopes = scopes;
        _namesOf = namesOf;
        Fill(_anywhere, static name => name);
    }

    internal IReadOnlyDictionary<string, T> Of(ParsedModule module) => _namesOf(module);

    internal (ModuleScope, T)? Find(string name) => _anywhere.TryGetValue(name, out var found) ? found : null;

    /// <summary>What has the same name but for case, hyphens and underscores: in the module that asks, else in any.</summary>
    internal (ModuleScope, T)? Guess(ModuleScope from, string name)
    {
        var plain = Plain(name);
        foreach (var (own, value) in _namesOf(from.Module))
        {
            if (Plain(own) == plain)
            {
                return (from, value);
            }
        }

        if (_similar is null)
        {
            Fill(_similar = new Dictionary<string, (ModuleScope, T)>(StringComparer.Ordinal), Plain);
        }

        return _similar.TryGetValue(plain, out var found) ? found : null;
    }

    internal static string NameOf(T value) => value switch
    {
        ParsedDefinition definition => definition.Name,
        ParsedType type => type.Name,
        _ => "",
    };

    private void Fill(Dictionary<string, (ModuleScope, T)> names, Func<string, string> key)
    {
        foreach (var scope in _scopes)
        {
            foreach (var (name, value) in _namesOf(scope.Module))
            {
                names.TryAdd(key(name), (scope, value));
            }
        }
    }

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
