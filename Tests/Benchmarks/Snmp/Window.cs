using System.Globalization;

namespace Connections.Benchmarks.Snmp;

/// <summary>For how long a client is measured, and how long it runs before that; one line, as clients are sent it.</summary>
internal readonly record struct Window(TimeSpan Ramp, TimeSpan Length)
{
    internal static Window Parse(string line)
    {
        var seconds = line.Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Window(TimeSpan.FromSeconds(seconds[0]), TimeSpan.FromSeconds(seconds[1]));
    }

    internal string Format() => string.Create(CultureInfo.InvariantCulture, $"{Ramp.TotalSeconds} {Length.TotalSeconds}");
}
