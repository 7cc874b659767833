using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Address"/>.</summary>
public readonly struct AddressValue : IValueParser<IPAddress>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out IPAddress value)
    {
        value = IPAddress.None;
        if (reader.Type is not (SnmpType.IpAddress or SnmpType.OctetString))
        {
            return reader.FailType();
        }

        if (reader.Octets.Length is not (4 or 16))
        {
            return reader.Fail(ParseFailure.OutOfRange);
        }

        value = new IPAddress(reader.Octets);
        return true;
    }
}
