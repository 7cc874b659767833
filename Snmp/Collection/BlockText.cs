using System.Text;
using System.Text.Unicode;

namespace Connections.Snmp.Collection;

/// <summary>Texts and times as blocks have them.</summary>
internal static class BlockText
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>The octets of a name.</summary>
    /// <exception cref="ArgumentException">They are too many.</exception>
    internal static int Measure(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        var length = Encoding.UTF8.GetByteCount(text);
        return length <= BlockLayout.MaxTextLength
            ? length
            : throw new ArgumentException($"The name is {length} octets long in UTF-8; at most {BlockLayout.MaxTextLength} are allowed.", parameter);
    }

    internal static int MeasureMessage(string message) => Math.Min(Encoding.UTF8.GetByteCount(message), BlockLayout.MaxMessageLength);

    /// <summary>Adds a text of a length measured before, cut to it between two characters where it is longer.</summary>
    internal static void Add(ref BlockBuffer buffer, string text, int length)
    {
        var octets = buffer.Take(length);
        Utf8.FromUtf16(text, octets, out _, out var used);
        octets[used..].Fill((byte)' ');
    }

    internal static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond;

    /// <summary>The time, or the nearest that can be told.</summary>
    internal static DateTimeOffset FromMicroseconds(long microseconds)
    {
        const long First = -62_135_596_800_000_000;
        const long Last = 253_402_300_799_999_999;
        return DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(microseconds, First, Last) * TicksPerMicrosecond);
    }

    internal static TimeSpan ToTimeSpan(long microseconds)
    {
        const long Longest = long.MaxValue / TicksPerMicrosecond;
        return new TimeSpan(Math.Clamp(microseconds, -Longest, Longest) * TicksPerMicrosecond);
    }
}
