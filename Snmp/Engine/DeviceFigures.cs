namespace Connections.Snmp.Engine;

/// <summary>One device's counters. The I/O thread alone writes them.</summary>
internal sealed class DeviceFigures
{
    // RFC 6298: the smoothed time moves by an eighth of the difference.
    private const int Smoothing = 8;

    internal long Requests;
    internal long Retransmissions;
    internal long Responses;
    internal long Timeouts;

    // In ticks of 100 ns; 0 while none is known.
    private long _shortest;
    private long _longest;
    private long _smoothed;

    internal TimeSpan? Shortest => Read(ref _shortest);

    internal TimeSpan? Longest => Read(ref _longest);

    internal TimeSpan? Smoothed => Read(ref _smoothed);

    internal void NoteRoundTrip(long ticks)
    {
        ticks = Math.Max(ticks, 1);
        if (_smoothed == 0)
        {
            _shortest = _longest = _smoothed = ticks;
            return;
        }

        _shortest = Math.Min(_shortest, ticks);
        _longest = Math.Max(_longest, ticks);
        _smoothed = Math.Max(1, _smoothed + (ticks - _smoothed) / Smoothing);
    }

    private static TimeSpan? Read(ref long ticks) => Volatile.Read(ref ticks) is > 0 and var known ? TimeSpan.FromTicks(known) : null;
}
