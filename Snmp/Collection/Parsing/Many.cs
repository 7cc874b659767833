namespace Connections.Snmp.Collection.Parsing;

/// <summary>One parser as often as there are arcs for it.</summary>
public readonly struct Many<TParser, T>(TParser parser) : IIndexParser<ShortList<T>>
    where TParser : struct, IIndexParser<T>
{
    private readonly TParser _parser = parser;

    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out ShortList<T> value)
    {
        value = default;
        while (!reader.IsAtEnd)
        {
            if (!_parser.TryParse(ref reader, out var item))
            {
                return false;
            }

            if (!value.TryAdd(item))
            {
                return reader.Fail(ParseFailure.TooLong);
            }
        }

        return true;
    }
}
