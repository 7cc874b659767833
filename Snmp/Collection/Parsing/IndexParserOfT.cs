namespace Connections.Snmp.Collection.Parsing;

/// <summary>A parser of indexes with the means to put it together with others. It and they are structs, so that nothing is allocated and nothing is called through a delegate.</summary>
/// <typeparam name="TParser">What parses.</typeparam>
/// <typeparam name="T">What it makes.</typeparam>
/// <param name="parser">What parses.</param>
public readonly struct IndexParser<TParser, T>(TParser parser) : IIndexParser<T>
    where TParser : struct, IIndexParser<T>
{
    private readonly TParser _parser = parser;

    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out T value) => _parser.TryParse(ref reader, out value);

    /// <summary>Parses a whole index.</summary>
    /// <param name="octets">Its sub-identifiers as BER has them, such as a record's <see cref="ResultRecord.Index"/>.</param>
    /// <param name="value">What it comes to.</param>
    /// <returns>Why it is not what was expected; <see cref="ParseFailure.None"/> if it is, and nothing is left.</returns>
    public ParseFailure Parse(ReadOnlySpan<byte> octets, out T value)
    {
        var reader = new IndexReader(octets);
        if (_parser.TryParse(ref reader, out value) && !reader.IsAtEnd)
        {
            reader.Fail(ParseFailure.TooLong);
        }

        return reader.Failure;
    }

    /// <summary>This, and another one after it.</summary>
    public IndexParser<Then<TParser, T, TOther, TNext>, (T First, TNext Second)> Then<TOther, TNext>(IndexParser<TOther, TNext> other)
        where TOther : struct, IIndexParser<TNext> => new(new(_parser, other._parser));

    /// <summary>This as often as there are arcs for it, up to 16 times.</summary>
    public IndexParser<Many<TParser, T>, ShortList<T>> Many() => new(new(_parser));

    /// <summary>This, and a step from what it makes to something else.</summary>
    /// <typeparam name="TMapping">The step.</typeparam>
    /// <typeparam name="TTo">What it leads to.</typeparam>
    public IndexParser<MappedIndex<TParser, T, TMapping, TTo>, TTo> Map<TMapping, TTo>()
        where TMapping : IMapping<T, TTo> => new(new(_parser));

    /// <summary>This, or a value of one's own where the index is at its end.</summary>
    public IndexParser<DefaultIndex<TParser, T>, T> Default(T otherwise) => new(new(_parser, otherwise));
}
