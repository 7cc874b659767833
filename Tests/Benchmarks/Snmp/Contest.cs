using System.Globalization;

namespace Connections.Benchmarks.Snmp;

/// <summary>
/// Clients that take turns, so that a busy machine disturbs all of them alike. What is told is the median of the rounds; what is compared is the median of the ratios
/// within each round.
/// </summary>
internal sealed class Contest : IAsyncDisposable
{
    // As long as it takes until the runtime has compiled everything for good, on one processor that the work leaves it little of.
    private static readonly Window WarmUp = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(12));

    private readonly Contender[] _contenders;

    private Contest(Contender[] contenders) => _contenders = contenders;

    /// <summary>Runs all rounds and writes the table. Ratios are to the first contender that is there.</summary>
    internal static async Task<Contest> RunAsync(
        TextWriter output, BenchmarkArguments arguments, string load, string unit, params Contender[] contenders)
    {
        var contest = new Contest(contenders);
        await contest.MeasureAsync(arguments);
        await contest.WriteAsync(output, load, unit);
        return contest;
    }

    internal Contender this[string name] => Array.Find(_contenders, contender => contender.Name == name)!;

    /// <summary>By how much one client has more of something than another; NaN where one of them is missing.</summary>
    internal double Ratio(string of, string to, Func<Sample, double> select) =>
        Statistics.Median(this[of].Samples.Zip(this[to].Samples, (one, other) => select(one) / select(other)));

    public async ValueTask DisposeAsync()
    {
        foreach (var contender in _contenders)
        {
            await contender.DisposeAsync();
        }
    }

    private async Task MeasureAsync(BenchmarkArguments arguments)
    {
        foreach (var contender in _contenders)
        {
            await contender.MeasureAsync(WarmUp);
        }

        for (var round = 0; round < arguments.Rounds; round++)
        {
            foreach (var contender in _contenders)
            {
                if (await contender.MeasureAsync(arguments.Window) is { } sample)
                {
                    contender.Samples.Add(sample);
                }
            }
        }
    }

    private async Task WriteAsync(TextWriter output, string load, string unit)
    {
        await output.WriteLineAsync($"\n{load}");
        await output.WriteLineAsync($"  {"",-34}{$"µs CPU/{unit}",14}{"min",8}{"max",8}{"user",8}{$"{unit}s/s",12}{$"B/{unit}",11}{"MB",7}{"ratio",8}");
        var first = Array.Find(_contenders, static contender => contender.Samples.Count > 0);
        foreach (var contender in _contenders)
        {
            await output.WriteLineAsync(contender.Missing is { } missing
                ? $"  {contender.Name,-34}  {missing}"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {contender.Name,-34}{contender.Median(static sample => sample.Microseconds),14:0.000}{contender.Samples.Min(static sample => sample.Microseconds),8:0.000}{contender.Samples.Max(static sample => sample.Microseconds),8:0.000}{contender.Median(static sample => sample.UserMicroseconds),8:0.000}{contender.Median(static sample => sample.Rate),12:0}{contender.Median(static sample => sample.Bytes),11:0.0}{contender.Median(static sample => sample.Resident),7:0}{Ratio(contender.Name, first!.Name, static sample => sample.Microseconds),8:0.000}"));
        }
    }
}
