using Connections.Collector.Bus;
using Connections.Collector.Database;
using Connections.Collector.Monitoring;
using Connections.Collector.Rates;
using Connections.Collector.Requests;
using Connections.Collector.Results;
using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Service;

/// <summary>Makes the parts of a collector as its settings say.</summary>
internal static class Parts
{
    private const string Standard = "-";

    // What is taken ahead has to be finished, or given back, when the collector stops.
    private const int ReadAhead = 200;

    /// <exception cref="RequestSourceException">A file cannot be read.</exception>
    /// <exception cref="RequestFormatException">The schedule has a line that is none.</exception>
    internal static IRequestSource SourceOf(CollectorSettings settings, CollectorStatistics statistics, TimeProvider time, ILogger logger) => settings.Source switch
    {
        SourceKind.RabbitMq => new RabbitRequestSource(settings.RabbitMq, statistics, logger),
        SourceKind.Schedule => new ScheduleRequestSource(ScheduleEntry.Load(settings.Requests), time, Random.Shared),
        _ => new FileRequestSource(settings.Requests, statistics, logger),
    };

    /// <exception cref="ArgumentException">The file of results cannot be written.</exception>
    internal static IResultSink SinkOf(CollectorSettings settings, CollectorStatistics statistics, ILogger logger)
    {
        var rows = new BlockRows(settings.Rates ? new RateCalculator() : null);
        return settings.Sink switch
        {
            SinkKind.RabbitMq => new RabbitBlockSink(settings.RabbitMq, logger),
            SinkKind.Database => new DatabaseSink(settings.Database, rows, statistics, logger),
            SinkKind.Blocks => new BlockFileSink(OpenOutput(settings.Output)),
            SinkKind.Csv => new TextSink(OpenOutput(settings.Output), new CsvFormat(), rows),
            _ => new TextSink(OpenOutput(settings.Output), new JsonLinesFormat(), rows),
        };
    }

    /// <exception cref="ArgumentException">Credentials cannot be.</exception>
    internal static SnmpCollector CollectorOf(CollectorSettings settings, SnmpEngine engine)
    {
        var targets = Allowed("Snmp", () => new CollectTargets(engine, settings.Snmp.ToOptions()));
        foreach (var (name, credentials) in settings.Credentials)
        {
            Allowed($"Credentials:{name}", () => targets.Add(name, credentials.ToOptions()));
        }

        return new SnmpCollector(targets.FindAsync, new CollectorOptions
        {
            MaxConcurrent = settings.MaxConcurrent,
            MaxPerDevice = settings.MaxPerDevice,
            ReadAhead = ReadAhead,
            Patience = settings.Patience,
        });
    }

    private static CollectTargets Allowed(string group, Func<CollectTargets> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"The settings {group} cannot be: {error.Message}", error);
        }
    }

    private static Stream OpenOutput(string path)
    {
        try
        {
            return path == Standard ? Console.OpenStandardOutput() : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The results cannot be written to '{path}' (Output): {error.Message}", error);
        }
    }
}
