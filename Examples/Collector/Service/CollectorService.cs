using Connections.Collector.Monitoring;
using Connections.Collector.Pipeline;
using Connections.Collector.Requests;
using Connections.Collector.Results;
using Connections.Snmp.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Service;

/// <summary>
/// The collector as a hosted service. It ends the host once its source has ended. Told to stop, it takes no further requests and finishes those under way within a deadline; what is left then
/// goes back to its source.
/// </summary>
internal sealed class CollectorService(
    CollectorSettings settings, CollectorStatistics statistics, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<CollectorService> logger) : BackgroundService
{
    /// <summary>What the host waits beyond the deadline for the last answers of broker and database.</summary>
    internal static TimeSpan Grace { get; } = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            await RunAsync(stoppingToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            CollectorLog.Failed(logger, error, error.Message);
            Environment.ExitCode = 1;
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Logger = logger });
        await using var source = Parts.SourceOf(settings, statistics, time, logger);
        await using var sink = Parts.SinkOf(settings, statistics, logger);
        var monitor = new CollectorMonitor(statistics, source, time, logger);
        using var done = new CancellationTokenSource();
        var monitoring = monitor.RunAsync(settings.Monitor, done.Token);
        try
        {
            await RunAsync(engine, source, sink, stop);
        }
        finally
        {
            await done.CancelAsync();
            await monitoring;
            CollectorLog.Progress(logger, monitor.Report());
        }
    }

    private async Task RunAsync(SnmpEngine engine, IRequestSource source, IResultSink sink, CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        await using var stopping = stop.Register(() =>
        {
            CollectorLog.Stopping(logger, settings.StopWithin);
            abort.CancelAfter(settings.StopWithin);
        });
        var pipeline = new CollectionPipeline(source, Parts.CollectorOf(settings, engine), sink, statistics, time, logger);
        try
        {
            await pipeline.RunAsync(stop, abort.Token);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            CollectorLog.DeadlineMissed(logger, settings.StopWithin);
        }
    }
}
