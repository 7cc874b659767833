namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A module while it is parsed.</summary>
internal sealed class ModuleDraft(string name, int line)
{
    internal string Name { get; } = name;

    internal int Line { get; } = line;

    internal bool IsVersion2 { get; set; } = name is "SNMPv2-SMI" or "SNMPv2-TC" or "SNMPv2-CONF";

    internal List<ParsedDefinition> Definitions { get; } = [];

    internal List<ParsedType> Types { get; } = [];

    internal Dictionary<string, ParsedImport> Imports { get; } = new(StringComparer.Ordinal);

    internal ParsedModule Finish(string file, IEnumerable<MibDiagnostic> diagnostics) => new(Name, file, Line, Definitions, Types)
    {
        IsVersion2 = IsVersion2,
        Imports = Imports,
        Diagnostics = [.. diagnostics],
    };
}
