using System.Globalization;

namespace Connections.Benchmarks;

/// <summary>
/// Measures candidates in turns within each round, so that a busy machine disturbs all of them alike. What is told, and compared, is the
/// median of the rounds. The first candidate is the project's own; the ratios are of it to each.
/// </summary>
/// <remarks>
/// Not BenchmarkDotNet: a contended run needs many tasks on one object for a fixed number of operations, and candidates that alternate in
/// one process.
/// </remarks>
internal sealed class Comparison
{
    /// <summary>How many times each candidate is measured, warm-up not counted.</summary>
    public const int Rounds = 15;

    // Long enough for the loops, which are called once a round, to reach their last tier of compilation: thirty calls each for the first two, and the compiler's time.
    private const int WarmUps = 75;

    private readonly (string Name, Func<Task<Measurement>> Measure)[] _candidates;
    private readonly List<Measurement>[] _samples;

    private Comparison((string Name, Func<Task<Measurement>> Measure)[] candidates)
    {
        _candidates = candidates;
        _samples = [.. candidates.Select(static _ => new List<Measurement>())];
    }

    /// <summary>The medians of the project's own candidate.</summary>
    public Measurement Own => Median(0);

    /// <summary>Runs all rounds and writes the table.</summary>
    public static async Task<Comparison> RunAsync(TextWriter output, string load, params (string Name, Func<Task<Measurement>> Measure)[] candidates)
    {
        var comparison = new Comparison(candidates);
        await comparison.MeasureAsync();
        await comparison.WriteAsync(output, load);
        return comparison;
    }

    /// <summary>The time of the project's own candidate as a multiple of that one's.</summary>
    public double RatioTo(string name) => Own.Nanoseconds / Median(Array.FindIndex(_candidates, candidate => candidate.Name == name)).Nanoseconds;

    private async Task MeasureAsync()
    {
        for (var round = -WarmUps; round < Rounds; round++)
        {
            for (var i = 0; i < _candidates.Length; i++)
            {
                var sample = await _candidates[i].Measure();
                if (round >= 0)
                {
                    _samples[i].Add(sample);
                }
            }
        }
    }

    private async Task WriteAsync(TextWriter output, string load)
    {
        await output.WriteLineAsync($"\n{load,-36}{"ns/op",9}{"min",9}{"B/op",9}{"ratio",9}");
        for (var i = 0; i < _candidates.Length; i++)
        {
            var (nanoseconds, bytes) = Median(i);
            var least = _samples[i].Min(static sample => sample.Nanoseconds);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {_candidates[i].Name,-34}{nanoseconds,9:0.0}{least,9:0.0}{bytes,9:0.0}{Own.Nanoseconds / nanoseconds,9:0.00}"));
        }
    }

    private Measurement Median(int candidate) => new(
        Median(_samples[candidate].Select(static sample => sample.Nanoseconds)),
        Median(_samples[candidate].Select(static sample => sample.Bytes)));

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
