namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.DateTime"/>.</summary>
public readonly struct DateTimeArcs : IIndexParser<DateTimeOffset>
{
    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out DateTimeOffset value)
    {
        value = default;
        if (!reader.TryReadArc(out var length))
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[DateAndTime.LongLength];
        if (length is not (DateAndTime.ShortLength or DateAndTime.LongLength))
        {
            return reader.Fail(ParseFailure.OutOfRange);
        }

        octets = octets[..(int)length];
        return reader.TryReadOctets(octets) && (DateAndTime.TryRead(octets, out value) || reader.Fail(ParseFailure.OutOfRange));
    }
}
