using System.Buffers.Binary;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>The octets of a DateAndTime (RFC 2579): year, month, day, hour, minute, second, tenths, and a zone or none.</summary>
internal static class DateAndTime
{
    internal const int ShortLength = 8;
    internal const int LongLength = 11;

    internal static bool TryRead(ReadOnlySpan<byte> octets, out DateTimeOffset time)
    {
        time = default;
        if (octets.Length is not (ShortLength or LongLength))
        {
            return false;
        }

        var year = BinaryPrimitives.ReadUInt16BigEndian(octets);
        if (year is < 1 or > 9_999 || octets[2] is < 1 or > 12 || octets[3] < 1 || octets[3] > DateTime.DaysInMonth(year, octets[2])
            || octets[4] > 23 || octets[5] > 59 || octets[6] > 60 || octets[7] > 9)
        {
            return false;
        }

        // A leap second is told as the second 60, which begins the next minute here.
        var local = new DateTime(year, octets[2], octets[3], octets[4], octets[5], 0).Ticks
            + (octets[6] * TimeSpan.TicksPerSecond) + (octets[7] * TimeSpan.TicksPerSecond / 10);
        return TryReadZone(octets[ShortLength..], out var zone) && TryMake(local, zone, out time);
    }

    private static bool TryReadZone(ReadOnlySpan<byte> octets, out TimeSpan zone)
    {
        zone = default;
        if (octets.IsEmpty)
        {
            return true;
        }

        if (octets[0] is not ((byte)'+' or (byte)'-') || octets[1] > 14 || octets[2] > 59)
        {
            return false;
        }

        zone = new TimeSpan(octets[1], octets[2], 0);
        zone = octets[0] == '-' ? -zone : zone;
        return zone.Duration() <= TimeSpan.FromHours(14);
    }

    private static bool TryMake(long localTicks, TimeSpan zone, out DateTimeOffset time)
    {
        var utcTicks = localTicks - zone.Ticks;
        var valid = utcTicks >= DateTime.MinValue.Ticks && utcTicks <= DateTime.MaxValue.Ticks && localTicks <= DateTime.MaxValue.Ticks;
        time = valid ? new DateTimeOffset(localTicks, zone) : default;
        return valid;
    }
}
