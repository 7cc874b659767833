using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Octets"/>.</summary>
public readonly struct OctetsValue : IValueParser<ShortOctets>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out ShortOctets value)
    {
        value = default;
        if (reader.Type is not (SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque))
        {
            return reader.FailType();
        }

        if (reader.Octets.Length > ShortOctets.MaxLength)
        {
            return reader.Fail(ParseFailure.TooLong);
        }

        value = new ShortOctets(reader.Octets);
        return true;
    }
}
