using System.Globalization;

namespace Connections.Snmp.Mibs.Values;

/// <summary>Reads time ticks as they are written for people: <c>2:03:04.56</c>, <c>1 day, 2:03:04.56</c>, <c>12 days, 2:03:04</c>.</summary>
internal static class TicksText
{
    private const uint HundredthsPerDay = 8_640_000;

    internal static bool TryParse(ReadOnlySpan<char> text, out uint ticks)
    {
        ticks = 0;
        ulong days = 0;
        var comma = text.IndexOf(',');
        if (comma >= 0)
        {
            var space = text.IndexOf(' ');
            if (space < 0 || text[(space + 1)..comma] is not ("day" or "days") || !TryNumber(text[..space], uint.MaxValue, out days))
            {
                return false;
            }

            text = text[(comma + 1)..].TrimStart(' ');
        }

        if (!TryTime(text, out var hundredths) || (days * HundredthsPerDay) + hundredths > uint.MaxValue)
        {
            return false;
        }

        ticks = (uint)((days * HundredthsPerDay) + hundredths);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> text, out ulong hundredths)
    {
        hundredths = 0;
        var point = text.IndexOf('.');
        var fraction = point < 0 ? "00" : text[(point + 1)..];
        Span<Range> fields = stackalloc Range[4];
        var whole = point < 0 ? text : text[..point];
        if (fraction.Length != 2 || whole.Split(fields, ':') != 3)
        {
            return false;
        }

        if (!TryNumber(whole[fields[0]], uint.MaxValue, out var hours) || !TryNumber(whole[fields[1]], 59, out var minutes)
            || !TryNumber(whole[fields[2]], 59, out var seconds) || !TryNumber(fraction, 99, out var rest))
        {
            return false;
        }

        hundredths = (((((hours * 60) + minutes) * 60) + seconds) * 100) + rest;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, uint most, out ulong number) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
