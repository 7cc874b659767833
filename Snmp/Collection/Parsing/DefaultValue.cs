namespace Connections.Snmp.Collection.Parsing;

/// <summary>A parser, or a value of one's own where the agent has none.</summary>
public readonly struct DefaultValue<TParser, T>(TParser parser, T otherwise) : IValueParser<T>
    where TParser : struct, IValueParser<T>
{
    private readonly TParser _parser = parser;
    private readonly T _otherwise = otherwise;

    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out T value)
    {
        if (!reader.IsException)
        {
            return _parser.TryParse(ref reader, out value);
        }

        value = _otherwise;
        return true;
    }
}
