using System.Diagnostics.CodeAnalysis;
using Connections.Collector.Monitoring;
using Connections.Collector.Pipeline;
using Connections.Collector.Requests;
using Connections.Collector.Results;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Service;

/// <summary>
/// The collector as a hosted service. It ends the host once its source has ended. Told to stop, it takes no further requests and finishes those under way within a deadline; what is left then
/// goes back to its source.
/// </summary>
internal sealed class CollectorService(
    CollectorSettings settings,
    IRequestSource source,
    SnmpCollector collector,
    IResultSink sink,
    CollectorStatistics statistics,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<CollectorService> logger) : BackgroundService
{
    private const int SomethingFailed = 1;

    /// <summary>What the host waits beyond the deadline for the last answers of broker and database.</summary>
    internal static TimeSpan Grace { get; } = TimeSpan.FromSeconds(10);

    /// <summary>What to tell the shell: 0, or 1 where results were lost.</summary>
    internal int ExitCode { get; private set; }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends a collector is told in its log, and by its exit code.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            await RunAsync(stoppingToken);

            // A file takes nothing back: what was not stored is not asked for again.
            ExitCode = statistics.Released > 0 && !stoppingToken.IsCancellationRequested ? SomethingFailed : 0;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            CollectorLog.Failed(logger, error.Message);
            CollectorLog.Trace(logger, error);
            ExitCode = SomethingFailed;
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var monitor = new CollectorMonitor(statistics, source, time, logger);
        using var done = new CancellationTokenSource();
        var monitoring = monitor.RunAsync(settings.Monitor, done.Token);
        try
        {
            await CollectAsync(stop);
        }
        finally
        {
            await done.CancelAsync();
            await monitoring;
            CollectorLog.Progress(logger, monitor.Report());
        }
    }

    private async Task CollectAsync(CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        await using var stopping = stop.Register(() =>
        {
            CollectorLog.Stopping(logger, settings.StopWithin.TotalSeconds);
            abort.CancelAfter(settings.StopWithin);
        });
        var pipeline = new CollectionPipeline(source, collector, sink, statistics, time, logger);
        try
        {
            await pipeline.RunAsync(stop, abort.Token);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            CollectorLog.DeadlineMissed(logger, settings.StopWithin.TotalSeconds);
        }
    }
}
