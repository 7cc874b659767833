using System.Collections.Immutable;

namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A name that a module gives a place in the tree. Nobody changes it once its module is parsed, since many trees share it.</summary>
internal sealed class ParsedDefinition(string name, ParsedKind kind, int line)
{
    internal string Name { get; } = name;

    internal ParsedKind Kind { get; } = kind;

    internal int Line { get; } = line;

    /// <summary>Its position among the module's definitions.</summary>
    internal int Ordinal { get; set; }

    internal ImmutableArray<ParsedOidPart> Oid { get; set; } = [];

    internal ParsedSyntax? Syntax { get; set; }

    internal MibAccess Access { get; set; }

    internal string Status { get; set; } = "";

    internal string? Units { get; set; }

    internal string? Description { get; set; }

    internal string? Default { get; set; }

    internal string? DisplayHint { get; set; }

    internal ImmutableArray<ParsedIndexPart> Index { get; set; } = [];

    internal string? Augments { get; set; }

    internal ImmutableArray<string> Objects { get; set; } = [];

    /// <summary>The ENTERPRISE of a TRAP-TYPE.</summary>
    internal string? Enterprise { get; set; }

    /// <summary>The number of a TRAP-TYPE.</summary>
    internal uint TrapNumber { get; set; }
}
