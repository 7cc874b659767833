namespace Connections.Snmp.Collection.Parsing;

/// <summary>A parser, and a step from what it makes to something else.</summary>
public readonly struct MappedIndex<TParser, T, TMapping, TTo>(TParser parser) : IIndexParser<TTo>
    where TParser : struct, IIndexParser<T>
    where TMapping : IMapping<T, TTo>
{
    private readonly TParser _parser = parser;

    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out TTo value)
    {
        value = default!;
        return _parser.TryParse(ref reader, out var from) && (TMapping.TryMap(from, out value) || reader.Fail(ParseFailure.Rejected));
    }
}
