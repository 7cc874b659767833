using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Connections.Tests.Locking;

/// <summary>What one instrument of the library's meter records while this listens.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<double> _values = new();

    public Measurements(string instrumentName)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Connections" && instrument.Name == instrumentName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => _values.Enqueue(measurement));
        _listener.SetMeasurementEventCallback<double>((_, measurement, _, _) => _values.Enqueue(measurement));
        _listener.Start();
    }

    public IReadOnlyCollection<double> Values => _values;

    public void Dispose() => _listener.Dispose();
}
