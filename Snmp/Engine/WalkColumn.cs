using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

/// <summary>One root of a walk, and how far it has come.</summary>
internal struct WalkColumn
{
    // What most walks never have stands elsewhere, since columns are copied for each page: the first name past the range, where it has an
    // end, and the steps back.
    private readonly Oid[]? _stop;
    private StepsBack? _stepsBack;

    internal WalkColumn(in Oid root, IndexRange range)
    {
        Root = Last = root;
        if (range.Start is { IsEmpty: false } start)
        {
            Last = root.Append(start);
            AwaitsStart = IsProbed = true;
        }

        if (range.Stop is { } stop)
        {
            _stop = [root.Append(stop)];
        }
    }

    internal readonly Oid Root;

    /// <summary>The last OID received: the next one is asked for after it.</summary>
    internal Oid Last;

    /// <summary>Where the last name stands in the page that is being read, if <see cref="Last"/> is not up to date; length 0 if it is.</summary>
    internal int LastAt;

    /// <inheritdoc cref="LastAt"/>
    internal int LastLength;

    /// <summary>Whether <see cref="Last"/> is the start of the range, which GET asks for before the walk goes on after it.</summary>
    internal bool AwaitsStart;

    /// <summary>What GET asks for: the start of the range, or the root itself.</summary>
    internal readonly Oid Instance => AwaitsStart ? Last : Root;

    /// <summary>How many varbinds were received.</summary>
    internal long Rows;

    /// <summary>Whether nothing more is to come by GETNEXT or GETBULK.</summary>
    internal bool HasEnded;

    /// <summary>Whether the root itself was asked for by GET, since nothing lies under it.</summary>
    internal bool IsProbed;

    /// <summary>Whether the agent answered with an error when this column was asked for with others: it is asked for once more, by itself, when these are done.</summary>
    internal bool IsPutOff;

    /// <summary>Whether something is left to ask for.</summary>
    internal readonly bool IsOpen => !HasEnded || (Rows == 0 && !IsProbed);

    /// <summary>Whether a name lies under the root, and before the end of the range.</summary>
    internal readonly bool Contains(ReadOnlySpan<byte> name) =>
        Root.IsRootOf(name) && (_stop is null || EncodedOid.Compare(name, _stop[0].Octets) < 0);

    /// <summary>
    /// Takes a step back, to an OID that does not follow <see cref="Last"/>; false if the walk runs in a circle. A circle has a step back,
    /// so only these are compared, by Brent's method: one mark, moved at each power of two of steps.
    /// </summary>
    internal bool TryStepBack(in Oid received)
    {
        if (_stepsBack is { } before && received == before.Marked)
        {
            return false;
        }

        _stepsBack = StepsBack.After(_stepsBack, received);
        return true;
    }

    /// <summary>How many steps back there were, and the one that is marked.</summary>
    private sealed record StepsBack(Oid Marked, int Count, int CountToMark)
    {
        internal static StepsBack After(StepsBack? before, in Oid received) => before switch
        {
            null => new StepsBack(received, 1, 2),
            _ when before.Count + 1 == before.CountToMark => new StepsBack(received, before.Count + 1, before.CountToMark * 2),
            _ => before with { Count = before.Count + 1 },
        };
    }
}
