using System.Globalization;

namespace Connections.Benchmarks;

/// <summary>The numbers that a benchmark has to reach, each met or missed.</summary>
internal sealed class Checklist
{
    private readonly List<(string What, double Measured, double Limit, string Unit, bool IsMet)> _rows = [];

    /// <summary>Notes a number that must not be above its limit. One that is none, since there was nothing to compare with, is missed.</summary>
    public void AtMost(double limit, string unit, string what, double measured) => _rows.Add((what, measured, limit, unit, measured <= limit));

    /// <summary>Notes a number that must not be below its limit.</summary>
    public void AtLeast(double limit, string unit, string what, double measured) => _rows.Add((what, measured, limit, unit, measured >= limit));

    /// <summary>Writes every row, and gives the exit code: 0 if all are met, 1 if one is missed.</summary>
    public async Task<int> WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync();
        foreach (var (what, measured, limit, unit, isMet) in _rows)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{(isMet ? "met" : "MISSED"),-8}{what,-60}{measured,9:0.00} {unit}, limit {limit} {unit}"));
        }

        return _rows.TrueForAll(static row => row.IsMet) ? 0 : 1;
    }
}
