namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Integer"/>.</summary>
public readonly struct IntegerValue : IValueParser<long>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out long value)
    {
        return reader.TryReadNumber(out value);
    }
}
