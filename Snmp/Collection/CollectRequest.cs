using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>One bounded burst of a walk over all instances under one OID.</summary>
public sealed record CollectRequest
{
    /// <summary>The OID whose instances are wanted. Where it is itself an instance, that one is fetched.</summary>
    public required Oid Root { get; init; }

    /// <summary>Where to go on; the start by default.</summary>
    public CollectCursor Cursor { get; init; }

    /// <summary>Whether pages are fetched by GETBULK. SNMPv1 does not have it: there, and if this is false, GETNEXT fetches one varbind at a time.</summary>
    public bool UsesBulk { get; init; } = true;

    /// <summary>How many varbinds one reply may hold at most, 1 to 65535; <see langword="null"/> for what the target's options say.</summary>
    public int? MaxRepetitions { get; init; }

    /// <summary>How many replies to take at most, at least 1.</summary>
    public int MaxReplies { get; init; } = 1;

    /// <summary>The walk ends after this many varbinds, those before the cursor counted; at least 1.</summary>
    public long MaxRows { get; init; } = long.MaxValue;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxReplies);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxRows);
        if (MaxRepetitions is not { } repetitions)
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(repetitions, nameof(MaxRepetitions));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(repetitions, ushort.MaxValue, nameof(MaxRepetitions));
    }
}
