using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Floating"/>.</summary>
public readonly struct FloatingValue : IValueParser<double>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out double value)
    {
        value = 0;
        if (reader.Type == SnmpType.Opaque)
        {
            return OpaqueNumber.TryRead(reader.Octets, out value) || reader.Fail(ParseFailure.OutOfRange);
        }

        var valid = reader.TryReadNumber(out var number);
        value = number;
        return valid;
    }
}
