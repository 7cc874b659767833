namespace Connections.Snmp.Collection;

/// <summary>How much a <see cref="SnmpCollector"/> does at once, and what its blocks are like. Immutable.</summary>
public sealed record CollectorOptions
{
    /// <summary>How many requests are carried out at once, over all devices: at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxConcurrent { get; init => field = Positive(value); } = 1_000;

    /// <summary>How many requests are carried out at once for one target: at least 1. Further ones wait, in order, and hold up no other target's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxPerDevice { get; init => field = Positive(value); } = 1;

    /// <summary>How many requests are taken from the source beyond those that are carried out, so that one busy device holds up no others: at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int ReadAhead { get; init => field = Positive(value); } = 4_000;

    /// <summary>
    /// How many finished blocks may wait to be read: at least 1. While as many do, no device is asked for anything more; what is under way arrives, so that memory is bounded by
    /// these blocks and one reply of each request that is being carried out.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxUnread { get; init => field = Positive(value); } = 4;

    /// <summary>How long results wait for a block to fill while the reader has none to read, at least 1 ms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 ms.</exception>
    public TimeSpan Patience
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
            field = value;
        }
    } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether blocks are compressed, which the reader's thread does.</summary>
    public bool Compresses { get; init; }

    /// <summary>What tells the time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
