namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.LengthPrefixed"/>.</summary>
public readonly struct LengthPrefixedArcs : IIndexParser<ShortOctets>
{
    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out ShortOctets value)
    {
        value = default;
        if (!reader.TryReadArc(out var length))
        {
            return false;
        }

        return length <= ShortOctets.MaxLength ? reader.TryReadOctets(value.Begin((int)length)) : reader.Fail(ParseFailure.OutOfRange);
    }
}
