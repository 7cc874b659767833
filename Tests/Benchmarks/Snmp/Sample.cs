using System.Globalization;

namespace Connections.Benchmarks.Snmp;

/// <summary>What one client did in one window; one line, as clients print it.</summary>
/// <param name="Microseconds">CPU time a unit (a request, or a varbind), user and system.</param>
/// <param name="UserMicroseconds">The user part of it.</param>
/// <param name="Rate">Units a second.</param>
/// <param name="Bytes">Bytes allocated a unit; NaN where nobody counts them.</param>
/// <param name="Resident">The memory that the process holds at the end, in megabytes.</param>
internal readonly record struct Sample(double Microseconds, double UserMicroseconds, double Rate, double Bytes, double Resident)
{
    internal static Sample Parse(string line)
    {
        var numbers = line.Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Sample(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    internal string Format() =>
        string.Create(CultureInfo.InvariantCulture, $"{Microseconds:R} {UserMicroseconds:R} {Rate:R} {Bytes:R} {Resident:R}");
}
