using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Any"/>.</summary>
public readonly struct AnyValue : IValueParser<SnmpValue>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out SnmpValue value)
    {
        return SnmpValue.TryDecode(reader.Type, reader.Octets, out value) == SnmpParseError.None || reader.Fail(ParseFailure.OutOfRange);
    }
}
