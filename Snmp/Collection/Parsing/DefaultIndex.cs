namespace Connections.Snmp.Collection.Parsing;

/// <summary>A parser, or a value of one's own where the index is at its end.</summary>
public readonly struct DefaultIndex<TParser, T>(TParser parser, T otherwise) : IIndexParser<T>
    where TParser : struct, IIndexParser<T>
{
    private readonly TParser _parser = parser;
    private readonly T _otherwise = otherwise;

    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out T value)
    {
        if (!reader.IsAtEnd)
        {
            return _parser.TryParse(ref reader, out value);
        }

        value = _otherwise;
        return true;
    }
}
