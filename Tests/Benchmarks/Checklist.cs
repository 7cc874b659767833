using System.Globalization;

namespace Connections.Benchmarks;

/// <summary>The numbers that a benchmark has to reach, each met or missed.</summary>
internal sealed class Checklist
{
    private readonly List<(string What, double Measured, double Limit, string Unit)> _rows = [];

    /// <summary>Notes a number that must not be above its limit.</summary>
    public void AtMost(double limit, string unit, string what, double measured) => _rows.Add((what, measured, limit, unit));

    /// <summary>Writes every row, and gives the exit code: 0 if all are met, 1 if one is missed.</summary>
    public async Task<int> WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync();
        foreach (var (what, measured, limit, unit) in _rows)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{(measured <= limit ? "met" : "MISSED"),-8}{what,-52}{measured,9:0.00} {unit}, limit {limit} {unit}"));
        }

        return _rows.TrueForAll(static row => row.Measured <= row.Limit) ? 0 : 1;
    }
}
