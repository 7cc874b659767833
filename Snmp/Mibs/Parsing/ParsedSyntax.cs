using System.Collections.Immutable;

namespace Connections.Snmp.Mibs.Parsing;

/// <summary>A SYNTAX as it is written. Immutable.</summary>
internal sealed record ParsedSyntax
{
    internal required string TypeName { get; init; }

    internal required int Line { get; init; }

    internal SyntaxShape Shape { get; init; }

    internal ImmutableArray<MibNamedNumber> NamedNumbers { get; init; } = [];

    internal ImmutableArray<MibRange> Ranges { get; init; } = [];

    internal ImmutableArray<MibRange> Sizes { get; init; } = [];
}
