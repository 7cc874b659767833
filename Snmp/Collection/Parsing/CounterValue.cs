using System.Buffers.Binary;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.Counter"/>.</summary>
public readonly struct CounterValue : IValueParser<ulong>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out ulong value)
    {
        value = 0;
        if (reader.Type == SnmpType.Integer32)
        {
            return reader.FailType();
        }

        // Nine octets hold 64 bits and the zero that keeps them from looking negative.
        if (reader.Octets.Length == sizeof(ulong) + 1 && reader.Octets[0] == 0 && reader.Type == SnmpType.Counter64)
        {
            value = BinaryPrimitives.ReadUInt64BigEndian(reader.Octets[1..]);
            return true;
        }

        var valid = reader.TryReadNumber(out var number);
        value = (ulong)number;
        return valid && (number >= 0 || reader.Fail(ParseFailure.OutOfRange));
    }
}
