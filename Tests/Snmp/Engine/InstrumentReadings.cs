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
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _readings[NameOf(instrument, tags)] = value);
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _readings[NameOf(instrument, tags)] = value);

        // Tells of what there is already before it returns.
        _listener.Start();
        _isListening = true;
    }

    /// <summary>What the instruments say now, by name, and by the values of their tags where they have some: <c>name{value}</c>.</summary>
    public IReadOnlyDictionary<string, long> Read()
    {
        _readings.Clear();
        _listener.RecordObservableInstruments();
        return new Dictionary<string, long>(_readings);
    }

    public void Dispose() => _listener.Dispose();

    private static string NameOf(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.IsEmpty ? instrument.Name : $"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(static tag => tag.Value))}}}";

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
