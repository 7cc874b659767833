namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads blocks by parsers.</summary>
public static class ResultBlockParsing
{
    /// <summary>The records of a block as two parsers read them. The block must not be disposed meanwhile.</summary>
    /// <param name="block">The block.</param>
    /// <param name="index">Reads their indexes.</param>
    /// <param name="value">Reads their values.</param>
    public static ParsedRecords<TIndexParser, TIndex, TValueParser, TValue> Parse<TIndexParser, TIndex, TValueParser, TValue>(
        this ResultBlock block, IndexParser<TIndexParser, TIndex> index, ValueParser<TValueParser, TValue> value)
        where TIndexParser : struct, IIndexParser<TIndex>
        where TValueParser : struct, IValueParser<TValue>
    {
        ArgumentNullException.ThrowIfNull(block);
        return new(block.Runs, index, value, root: -1);
    }

    /// <summary>A column of a block: the records of one root, as two parsers read them. The block must not be disposed meanwhile.</summary>
    /// <param name="block">The block.</param>
    /// <param name="root">Which root of the requests' shape.</param>
    /// <param name="index">Reads their indexes.</param>
    /// <param name="value">Reads their values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static ParsedRecords<TIndexParser, TIndex, TValueParser, TValue> ParseColumn<TIndexParser, TIndex, TValueParser, TValue>(
        this ResultBlock block, int root, IndexParser<TIndexParser, TIndex> index, ValueParser<TValueParser, TValue> value)
        where TIndexParser : struct, IIndexParser<TIndex>
        where TValueParser : struct, IValueParser<TValue>
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfNegative(root);
        return new(block.Runs, index, value, root);
    }
}
