namespace Connections.Snmp.Engine;

/// <summary>
/// Whether the code that awaits results is quick enough to run on the I/O thread: it saves switches of threads there, but all other requests wait for it. After it was
/// slow it goes on elsewhere for a time, which doubles as long as it stays slow. Used by whoever has the loop.
/// </summary>
internal sealed class DeliveryPace
{
    // A switch of threads costs about as much.
    private const double QuickMicroseconds = 10;

    // One slow result among many quick ones is more likely the machine's doing.
    private const double Weight = 1.0 / 16;
    private const double MostMicroseconds = 1_000;

    private const int FirstRest = 20;
    private const int LongestRest = 1_000;

    private double _average;
    private int _rest;
    private long _restsUntil;

    /// <summary>Whether results are to be delivered on the I/O thread.</summary>
    internal bool IsQuick(long now) => now >= _restsUntil;

    /// <summary>Takes note of how long the delivery of some results took.</summary>
    internal void Note(int count, TimeSpan elapsed, long now)
    {
        _average += (Math.Min(elapsed.TotalMicroseconds / count, MostMicroseconds) - _average) * Weight;
        if (_average > QuickMicroseconds)
        {
            // Soon again, so it is the code; else it may have been anything.
            Rest(now - _restsUntil < _rest ? Math.Min(_rest * 2, LongestRest) : FirstRest, now);
        }
    }

    /// <summary>Takes note that a delivery held the thread up, so that it lost the loop.</summary>
    internal void NoteHeldUp(long now) => Rest(LongestRest, now);

    private void Rest(int milliseconds, long now)
    {
        _average = 0;
        _rest = milliseconds;
        _restsUntil = now + milliseconds;
    }
}
