using System.Buffers.Binary;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Mac"/>.</summary>
public readonly struct MacValue : IValueParser<ulong>
{
    private const int Length = 6;

    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out ulong value)
    {
        value = 0;
        if (reader.Type != SnmpType.OctetString)
        {
            return reader.FailType();
        }

        if (reader.Octets.Length != Length)
        {
            return reader.Fail(reader.Octets.Length < Length ? ParseFailure.TooShort : ParseFailure.TooLong);
        }

        value = ((ulong)BinaryPrimitives.ReadUInt16BigEndian(reader.Octets) << 32) | BinaryPrimitives.ReadUInt32BigEndian(reader.Octets[2..]);
        return true;
    }
}
