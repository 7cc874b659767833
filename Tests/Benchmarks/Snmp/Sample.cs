using System.Globalization;

namespace Connections.Benchmarks.Snmp;

/// <summary>What one client did in one window.</summary>
/// <param name="Microseconds">CPU time a request, user and system.</param>
/// <param name="UserMicroseconds">The user part of it.</param>
/// <param name="Rate">Requests a second.</param>
/// <param name="Bytes">Bytes allocated a request.</param>
internal readonly record struct Sample(double Microseconds, double UserMicroseconds, double Rate, double Bytes)
{
    internal static Sample Parse(string line)
    {
        var numbers = line.Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Sample(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    internal string Format() =>
        string.Create(CultureInfo.InvariantCulture, $"{Microseconds:R} {UserMicroseconds:R} {Rate:R} {Bytes:R}");
}
