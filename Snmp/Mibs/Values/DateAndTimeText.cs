using System.Buffers.Binary;
using System.Globalization;

namespace Connections.Snmp.Mibs.Values;

/// <summary>Reads a DateAndTime (RFC 2579) from the form of ISO 8601, since its DISPLAY-HINT is nothing one types.</summary>
internal static class DateAndTimeText
{
    internal const string TypeName = "DateAndTime";

    private const int LengthWithZone = 11;
    private const int LengthWithoutZone = 8;

    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.f", "yyyy-MM-dd HH:mm:ss.f"];
    private static readonly string[] Zoned = [.. Local.Select(static form => form + "zzz"), .. Local.Select(static form => form + "'Z'")];

    internal static bool TryParse(string text, out byte[] octets)
    {
        octets = [];
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            octets = Write(local, LengthWithoutZone);
            return true;
        }

        if (!DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var zoned))
        {
            return false;
        }

        octets = Write(zoned.DateTime, LengthWithZone);
        octets[8] = (byte)(zoned.Offset < TimeSpan.Zero ? '-' : '+');
        octets[9] = (byte)Math.Abs(zoned.Offset.Hours);
        octets[10] = (byte)Math.Abs(zoned.Offset.Minutes);
        return true;
    }

    private static byte[] Write(DateTime time, int length)
    {
        var octets = new byte[length];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)time.Year);
        octets[2] = (byte)time.Month;
        octets[3] = (byte)time.Day;
        octets[4] = (byte)time.Hour;
        octets[5] = (byte)time.Minute;
        octets[6] = (byte)time.Second;
        octets[7] = (byte)(time.Millisecond / 100);
        return octets;
    }
}
