using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.DateTime"/>.</summary>
public readonly struct DateTimeValue : IValueParser<DateTimeOffset>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out DateTimeOffset value)
    {
        value = default;
        if (reader.Type != SnmpType.OctetString)
        {
            return reader.FailType();
        }

        return DateAndTime.TryRead(reader.Octets, out value) || reader.Fail(ParseFailure.OutOfRange);
    }
}
