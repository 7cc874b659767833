namespace Connections.Snmp.Collection;

/// <summary>How one request of a collection is carried out. Immutable; requests may share one.</summary>
public sealed record CollectRequestOptions
{
    internal static CollectRequestOptions Default { get; } = new();

    /// <summary>How often and how long each of its SNMP requests is tried; <see langword="null"/> for what its client's options say.</summary>
    public SnmpAttempts? Attempts { get; init; }

    /// <summary>When the whole request ends at the latest, counted from its start, 1 ms to 24 h; <see langword="null"/> for no such limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public TimeSpan? Deadline { get; init => field = Checked(value); }

    /// <summary>How many rows a reply holds at most, 1 to 65535; <see langword="null"/> for as many as fit the replies that the client's options allow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int? MaxRepetitions { get; init => field = InRange(value); }

    /// <summary>How many of its ranges are walked at once, at least 1; by default one after the other, in order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Concurrency { get; init => field = AtLeastOne(value); } = 1;

    /// <summary>How many records it brings at most in each of its ranges, at least 1; by default all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxRecords { get; init => field = AtLeastOne(value); } = long.MaxValue;

    /// <summary>Whether walks use GETBULK; if not, and in SNMPv1, GETNEXT.</summary>
    public bool UsesBulk { get; init; } = true;

    /// <summary>Whether walks go on where the agent's OIDs do not increase, until they run in a circle.</summary>
    public bool ToleratesNonIncreasing { get; init; }

    private static TimeSpan? Checked(TimeSpan? value) => value is null || (value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromHours(24))
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The deadline must be from 1 ms to 24 h.");

    private static int? InRange(int? value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.GetValueOrDefault(), ushort.MaxValue, nameof(value));
        ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
        return value;
    }

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static long AtLeastOne(long value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
