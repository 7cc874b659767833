namespace Connections.Collector.Rates;

/// <summary>
/// Follows sysUpTime (RFC 3418) of one device: translates the collector's time to the device's, and notices restarts. sysUpTime wraps after 497 days, which is no restart.
/// </summary>
internal sealed class DeviceClock
{
    private const double Wrap = 4_294_967_296 / 100.0;

    // The round trip, a clock that drifts, an agent that counts coarsely.
    private const double Tolerance = 60;

    private double _upTime;
    private DateTimeOffset _seenAt;
    private double _wraps;
    private bool _isKnown;

    /// <summary>Which life of the device it is.</summary>
    internal int Life { get; private set; }

    /// <summary>Takes note of a sysUpTime, in hundredths of a second.</summary>
    internal void Observe(uint upTime, DateTimeOffset at)
    {
        var seconds = upTime / 100.0;
        if (_isKnown && seconds < _upTime && at > _seenAt)
        {
            var expected = _upTime + (at - _seenAt).TotalSeconds;
            if (Math.Abs(expected - Wrap - seconds) <= Tolerance)
            {
                _wraps += Wrap;
            }
            else
            {
                Life++;
                _wraps = 0;
            }
        }

        (_upTime, _seenAt, _isKnown) = (seconds, at, true);
    }

    /// <summary>What the device's clock said at a moment. Of a device whose sysUpTime is not collected, it is the collector's clock.</summary>
    internal DeviceInstant At(DateTimeOffset time) => _isKnown
        ? new DeviceInstant(_wraps + _upTime + (time - _seenAt).TotalSeconds)
        : new DeviceInstant((time - DateTimeOffset.UnixEpoch).TotalSeconds);
}
