namespace Connections.Collector.Rates;

/// <summary>A counter as it was seen once.</summary>
/// <param name="Value">Its value.</param>
/// <param name="At">When that was.</param>
/// <param name="Life">Which life of the device that was: a restart begins another.</param>
/// <param name="Discontinuity">What ifCounterDiscontinuityTime was then, in hundredths of a second; 0 where it is not known.</param>
internal readonly record struct CounterSample(ulong Value, DeviceInstant At, int Life, uint Discontinuity);
