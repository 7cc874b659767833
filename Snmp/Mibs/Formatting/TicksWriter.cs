using System.Globalization;

namespace Connections.Snmp.Mibs.Formatting;

/// <summary>Hundredths of a second as Net-SNMP writes them.</summary>
internal static class TicksWriter
{
    private const uint HundredthsPerDay = 8_640_000;

    internal static string Format(uint ticks, VarBindTextOptions options)
    {
        if (options.NumericTimeTicks)
        {
            return ticks.ToString(CultureInfo.InvariantCulture);
        }

        var (days, rest) = Math.DivRem(ticks, HundredthsPerDay);
        var seconds = rest / 100;
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        var after = string.Create(CultureInfo.InvariantCulture, $"{minutes:00}:{seconds % 60:00}.{rest % 100:00}");
        return (options.Quick, days) switch
        {
            (true, _) => string.Create(CultureInfo.InvariantCulture, $"{days}:{hours}:{after}"),
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{hours}:{after}"),
            (_, 1) => string.Create(CultureInfo.InvariantCulture, $"1 day, {hours}:{after}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{days} days, {hours}:{after}"),
        };
    }
}
