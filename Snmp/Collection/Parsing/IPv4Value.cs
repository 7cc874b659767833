using System.Buffers.Binary;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.IPv4"/>.</summary>
public readonly struct IPv4Value : IValueParser<uint>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out uint value)
    {
        value = 0;
        if (reader.Type != SnmpType.IpAddress)
        {
            return reader.FailType();
        }

        if (reader.Octets.Length != sizeof(uint))
        {
            return reader.Fail(reader.Octets.Length < sizeof(uint) ? ParseFailure.TooShort : ParseFailure.TooLong);
        }

        value = BinaryPrimitives.ReadUInt32BigEndian(reader.Octets);
        return true;
    }
}
