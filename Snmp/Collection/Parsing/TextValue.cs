using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Text"/>.</summary>
public readonly struct TextValue : IValueParser<string>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out string value)
    {
        value = "";
        if (reader.Type != SnmpType.OctetString)
        {
            return reader.FailType();
        }

        value = Encoding.UTF8.GetString(reader.Octets);
        return true;
    }
}
