using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>One bounded burst of a walk over all instances under one OID or several.</summary>
public sealed record WalkRequest
{
    /// <summary>
    /// The OIDs whose instances are wanted, at least one, none of which contains another. Where one is itself an instance, that one is fetched.
    /// Several share each request, and each goes on from where it stands: a reply may be cut anywhere, and one may end before another.
    /// </summary>
    public IReadOnlyList<Oid> Roots { get; init; } = [];

    /// <summary>The first of <see cref="Roots"/>; setting it makes it the only one.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Oid Root
    {
        get => Roots.Count > 0 ? Roots[0] : throw new InvalidOperationException("The request has no root.");
        init => Roots = [value];
    }

    /// <summary>Where to go on; the start by default.</summary>
    public WalkCursor Cursor { get; init; }

    /// <summary>Whether pages are fetched by GETBULK. SNMPv1 does not have it: there, and if this is false, GETNEXT fetches one varbind a root at a time.</summary>
    public bool UsesBulk { get; init; } = true;

    /// <summary>
    /// How many varbinds of each root one reply may hold at most, 1 to 65535; <see langword="null"/> for what the target's options say. The
    /// engine asks for fewer where that many would make replies larger than the options' <see cref="SnmpOptions.MaxReplySize"/>.
    /// </summary>
    public int? MaxRepetitions { get; init; }

    /// <summary>How many replies to take at most, at least 1.</summary>
    public int MaxReplies { get; init; } = 1;

    /// <summary>The walk ends after this many varbinds, those before the cursor counted; at least 1.</summary>
    public long MaxRows { get; init; } = long.MaxValue;

    /// <summary>The walk ends with the first reply after this time, counted from the start of its first burst; <see langword="null"/> for no such limit.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>
    /// Goes on where an agent's OIDs do not increase (RFC 3416 section 4.2.2), and ends with <see cref="SnmpWalkException"/> only once they run
    /// in a circle; its varbinds may come twice until that shows. A target whose profile says so is tolerated anyway.
    /// </summary>
    public bool ToleratesNonIncreasing { get; init; }

    /// <summary>
    /// Which part of each root is walked, by the index that follows the root; all of it by default. The walk begins at the range: its start is asked for by GET, what
    /// follows by GETBULK or GETNEXT, and nothing past its stop.
    /// </summary>
    public IndexRange Range { get; init; }

    /// <summary>How often and how long each of its requests is tried; <see langword="null"/> for what the target's options say.</summary>
    public SnmpAttempts? Attempts { get; init; }

    /// <summary>Where the varbinds go instead of the result; <see langword="null"/> for into the result.</summary>
    internal IPageSink? Sink { get; init; }

    /// <exception cref="ArgumentException">There is no root, or one contains another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Validate()
    {
        Attempts?.Validate();
        ValidateRoots();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxReplies);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxRows);
        if (MaxTime is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(MaxTime));
        }

        if (MaxRepetitions is { } repetitions)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(repetitions, nameof(MaxRepetitions));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(repetitions, ushort.MaxValue, nameof(MaxRepetitions));
        }
    }

    private void ValidateRoots()
    {
        if (Roots is not { Count: > 0 })
        {
            throw new ArgumentException("A walk needs a root.", nameof(Roots));
        }

        if (Roots.Count > 1 && Cursor.State is null)
        {
            RefuseNested(Roots);
        }
    }

    /// <exception cref="ArgumentException">A root contains another.</exception>
    internal static void RefuseNested(IReadOnlyList<Oid> roots)
    {
        // In order, whatever contains an OID stands before it, with nothing in between that it does not contain too.
        var ordered = roots.Order().ToArray();
        for (var i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].StartsWith(ordered[i - 1]))
            {
                throw new ArgumentException(
                    $"The root {ordered[i - 1]} contains {ordered[i]}, so that its instances would come twice; leave one of them out.", nameof(roots));
            }
        }
    }
}
