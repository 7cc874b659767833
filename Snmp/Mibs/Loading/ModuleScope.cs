using Connections.Snmp.Mibs.Parsing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>A module while a tree is built, with what is known of its names by now.</summary>
internal sealed class ModuleScope(ParsedModule module)
{
    internal ParsedModule Module { get; } = module;

    internal MibParseLog Log { get; } = new(module.File ?? module.Name);

    /// <summary>How far the OIDs of the definitions are, by ordinal.</summary>
    internal OidState[] States { get; } = new OidState[module.Definitions.Length];

    /// <summary>The OIDs of the definitions that are resolved, by ordinal.</summary>
    internal Oid[] Oids { get; } = new Oid[module.Definitions.Length];

    /// <summary>The nodes of the definitions, by ordinal; none where the OID is unknown.</summary>
    internal MibNode?[] Nodes { get; } = new MibNode?[module.Definitions.Length];

    /// <summary>Places that other definitions name on their way, as in <c>{ enterprises acme(99999) 1 }</c>.</summary>
    internal List<(string Name, Oid Oid, int Line)> Passed { get; } = [];

    /// <summary>The nodes of such places that nobody defines.</summary>
    internal List<MibNode> PassedNodes { get; } = [];

    /// <summary>The types that are resolved; without a syntax where they cannot be, or are under way.</summary>
    internal Dictionary<string, MibSyntax?> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The modules that are known to be missing, and told.</summary>
    internal HashSet<string> Missing { get; } = new(StringComparer.Ordinal);
}
