using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Oid"/>.</summary>
public readonly struct OidValue : IValueParser<Oid>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out Oid value)
    {
        value = default;
        if (reader.Type != SnmpType.ObjectIdentifier)
        {
            return reader.FailType();
        }

        return Oid.TryFromEncoded(reader.Octets, out value) || reader.Fail(ParseFailure.OutOfRange);
    }
}
