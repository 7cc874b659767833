using System.Numerics;

namespace Connections.Collector.Monitoring;

/// <summary>
/// Counts durations so that percentiles can be told, to 1/16 of their value, in the same small memory however many there are. Any thread adds.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 4;
    private const int Steps = 1 << StepBits;

    // Of 64 bits of microseconds.
    private readonly long[] _counts = new long[(64 - StepBits + 1) * Steps];
    private long _count;
    private long _longest;

    /// <summary>How many durations there were.</summary>
    internal long Count => Volatile.Read(ref _count);

    /// <summary>The longest one, to the microsecond.</summary>
    internal TimeSpan Longest => TimeSpan.FromMicroseconds(Volatile.Read(ref _longest));

    internal void Add(TimeSpan duration)
    {
        var microseconds = (long)Math.Max(0, duration.TotalMicroseconds);
        Interlocked.Increment(ref _counts[SlotOf((ulong)microseconds)]);
        Interlocked.Increment(ref _count);
        for (var longest = Volatile.Read(ref _longest); microseconds > longest;)
        {
            var seen = Interlocked.CompareExchange(ref _longest, microseconds, longest);
            if (seen == longest)
            {
                break;
            }

            longest = seen;
        }
    }

    /// <summary>The duration that a part of all, from 0 to 1, does not exceed; zero where there is none.</summary>
    internal TimeSpan Percentile(double part)
    {
        var left = (long)Math.Ceiling(part * Count);
        for (var slot = 0; slot < _counts.Length && left > 0; slot++)
        {
            left -= Volatile.Read(ref _counts[slot]);
            if (left <= 0)
            {
                return TimeSpan.FromMicroseconds(Math.Min(EndOf(slot), Volatile.Read(ref _longest)));
            }
        }

        return TimeSpan.Zero;
    }

    private static int SlotOf(ulong value)
    {
        if (value < Steps)
        {
            return (int)value;
        }

        var exponent = BitOperations.Log2(value) - StepBits;
        return (exponent + 1) * Steps + (int)((value >> exponent) - Steps);
    }

    /// <summary>The greatest value that a slot counts.</summary>
    private static long EndOf(int slot)
    {
        if (slot < Steps)
        {
            return slot;
        }

        var exponent = slot / Steps - 1;
        return (long)((((ulong)(slot % Steps) + Steps + 1) << exponent) - 1);
    }
}
