namespace Connections.Collector.Rates;

/// <summary>A moment by a device's own clock, which neither steps nor drifts with the collector's.</summary>
/// <param name="Seconds">Seconds since a moment that stays the same for one life of one device.</param>
internal readonly record struct DeviceInstant(double Seconds)
{
    public static double operator -(DeviceInstant later, DeviceInstant earlier) => later.Seconds - earlier.Seconds;
}
