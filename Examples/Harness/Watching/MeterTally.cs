using System.Diagnostics.Metrics;

namespace Connections.Harness.Watching;

/// <summary>Counts what the meter <c>Connections</c> of this process measures, from its making until it is disposed. Thread-safe.</summary>
internal sealed class MeterTally : IDisposable
{
    private const string MeterName = "Connections";
    private const string PoolPrefix = "connections.pool.";

    // Of those who read, and of what is counted. Not one for both: reading asks pools, which may be counting at that moment.
    private readonly Lock _reading = new();
    private readonly Lock _counting = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _totals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _observed = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Device, string Alias), PoolReport> _pools = [];

    internal MeterTally()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What was counted so far, and how the gauges stand.</summary>
    internal (IReadOnlyList<PoolReport> Pools, IReadOnlyDictionary<string, double> Totals) Read()
    {
        lock (_reading)
        {
            _pools.Clear();
            _observed.Clear();
            _listener.RecordObservableInstruments();
            lock (_counting)
            {
                return ([.. _pools.Values], _totals.Concat(_observed).ToDictionary(StringComparer.Ordinal));
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!instrument.IsObservable)
        {
            Count(instrument, value);
        }
        else if (instrument.Name.StartsWith(PoolPrefix, StringComparison.Ordinal))
        {
            NotePool(instrument.Name[PoolPrefix.Length..], (int)value, tags);
        }
        else
        {
            Add(_observed, instrument.Name, value);
        }
    }

    private void Count(Instrument instrument, double value)
    {
        lock (_counting)
        {
            if (instrument is Histogram<double>)
            {
                Add(_totals, instrument.Name, 1);
                Add(_totals, instrument.Name + ".sum", value);
            }
            else
            {
                Add(_totals, instrument.Name, value);
            }
        }
    }

    private static void Add(Dictionary<string, double> totals, string name, double value) => totals[name] = totals.GetValueOrDefault(name) + value;

    private void NotePool(string figure, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (TextOf(tags, "connections.device.name"), TextOf(tags, "connections.pool.name"));
        if (!_pools.TryGetValue(key, out var pool))
        {
            _pools.Add(key, pool = new PoolReport { Device = key.Item1, Alias = key.Item2 });
        }

        switch (figure)
        {
            case "idle":
                pool.Idle += value;
                break;
            case "busy":
                pool.Busy += value;
                break;
            case "creating":
                pool.Creating += value;
                break;
            case "waiting":
                pool.Waiting += value;
                break;
        }
    }

    private static string TextOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value?.ToString() ?? "";
            }
        }

        return "";
    }
}
