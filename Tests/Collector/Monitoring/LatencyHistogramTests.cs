using Connections.Collector.Monitoring;
using FsCheck;
using FsCheck.NUnit;

namespace Connections.Collector.Tests.Monitoring;

/// <summary>Percentiles to a sixteenth of their value.</summary>
public sealed class LatencyHistogramTests
{
    [Test]
    public void Nothing_has_no_percentile() => Assert.That(new LatencyHistogram().Percentile(0.5), Is.EqualTo(TimeSpan.Zero));

    [FsCheck.NUnit.Property]
    public bool A_percentile_is_near_that_of_the_sorted_durations(NonEmptyArray<uint> microseconds, byte part)
    {
        var histogram = new LatencyHistogram();
        foreach (var duration in microseconds.Get)
        {
            histogram.Add(TimeSpan.FromMicroseconds(duration));
        }

        var sorted = microseconds.Get.Order().ToArray();
        var fraction = (part + 1) / 256.0;
        var exact = sorted[Math.Max(0, (int)Math.Ceiling(fraction * sorted.Length) - 1)];
        var told = histogram.Percentile(fraction).TotalMicroseconds;
        return told >= exact && told <= exact + exact / 16.0 + 1 && histogram.Longest.TotalMicroseconds == sorted[^1];
    }

    [Test]
    public void Any_number_of_threads_may_add()
    {
        var histogram = new LatencyHistogram();

        Parallel.For(0, 100_000, number => histogram.Add(TimeSpan.FromMicroseconds(number)));

        Assert.That(histogram.Count, Is.EqualTo(100_000));
        Assert.That(histogram.Longest, Is.EqualTo(TimeSpan.FromMicroseconds(99_999)));
        Assert.That(histogram.Percentile(0.5).TotalMicroseconds, Is.InRange(50_000, 50_000 * 17 / 16));
    }
}
