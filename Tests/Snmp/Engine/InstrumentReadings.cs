using System.Diagnostics.Metrics;

namespace Connections.Snmp.Tests.Engine;

/// <summary>Reads the instruments of the meters named <c>Connections</c> that come into being while it listens, as a monitoring system would.</summary>
internal sealed class InstrumentReadings : IDisposable
{
    private readonly Dictionary<string, long> _readings = [];
    private readonly HashSet<Meter> _olderMeters = [];
    private readonly MeterListener _listener = new();
    private readonly bool _isListening;

    public InstrumentReadings()
    {
        _listener.InstrumentPublished = OnPublished;
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _readings[instrument.Name] = value);
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _readings[instrument.Name] = value);

        // Tells of what there is already before it returns.
        _listener.Start();
        _isListening = true;
    }

    /// <summary>What the instruments say now, by name.</summary>
    public IReadOnlyDictionary<string, long> Read()
    {
        _readings.Clear();
        _listener.RecordObservableInstruments();
        return new Dictionary<string, long>(_readings);
    }

    public void Dispose() => _listener.Dispose();

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        if (!_isListening)
        {
            _olderMeters.Add(instrument.Meter);
        }
        else if (instrument.Meter.Name == "Connections" && !_olderMeters.Contains(instrument.Meter))
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
