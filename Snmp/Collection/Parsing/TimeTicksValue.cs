using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="ValueParser.TimeTicks"/>.</summary>
public readonly struct TimeTicksValue : IValueParser<TimeSpan>
{
    /// <inheritdoc/>
    public bool TryParse(ref ValueReader reader, out TimeSpan value)
    {
        value = default;
        if (reader.Type != SnmpType.TimeTicks)
        {
            return reader.FailType();
        }

        var valid = reader.TryReadNumber(out var hundredths);
        value = new TimeSpan(hundredths * (TimeSpan.TicksPerMillisecond * 10));
        return valid && (hundredths is >= 0 and <= uint.MaxValue || reader.Fail(ParseFailure.OutOfRange));
    }
}
