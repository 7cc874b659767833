using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

/// <summary>One root of a walk, and how far it has come.</summary>
internal struct WalkColumn
{
    private Oid _markedStep;
    private int _steps;
    private int _stepsToMark;

    internal WalkColumn(in Oid root)
    {
        Root = Last = root;
        _stepsToMark = 1;
    }

    internal readonly Oid Root;

    /// <summary>The last OID received: the next one is asked for after it.</summary>
    internal Oid Last;

    /// <summary>How many varbinds were received.</summary>
    internal long Rows;

    /// <summary>Whether nothing more is to come by GETNEXT or GETBULK.</summary>
    internal bool HasEnded;

    /// <summary>Whether the root itself was asked for by GET, since nothing lies under it.</summary>
    internal bool IsProbed;

    /// <summary>
    /// Takes a step back, to an OID that does not follow <see cref="Last"/>; false if the walk runs in a circle. A circle has a step back,
    /// so only these are compared, by Brent's method: one mark, moved at each power of two of steps.
    /// </summary>
    internal bool TryStepBack(in Oid received)
    {
        if (_steps > 0 && received == _markedStep)
        {
            return false;
        }

        if (++_steps == _stepsToMark)
        {
            _markedStep = received;
            _stepsToMark *= 2;
        }

        return true;
    }
}
