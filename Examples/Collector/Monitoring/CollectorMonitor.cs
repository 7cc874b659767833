using System.Globalization;
using Connections.Collector.Requests;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Monitoring;

/// <summary>Tells every few seconds how a collector does, and at the end how it did.</summary>
internal sealed class CollectorMonitor
{
    private readonly CollectorStatistics _statistics;
    private readonly IRequestSource _source;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _started;
    private long _lastTime;
    private long _lastRecords;
    private long _lastAnswered;

    internal CollectorMonitor(CollectorStatistics statistics, IRequestSource source, TimeProvider time, ILogger logger)
    {
        _statistics = statistics;
        _source = source;
        _time = time;
        _logger = logger;
        _started = _lastTime = time.GetTimestamp();
    }

    /// <summary>Tells it every so often, until it is cancelled, which is no error.</summary>
    internal async Task RunAsync(TimeSpan interval, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                CollectorLog.Progress(_logger, Line(await CountWaitingAsync(stop)));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    /// <summary>What was done, in some lines.</summary>
    internal string Report()
    {
        var elapsed = _time.GetElapsedTime(_started);
        var seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        var s = _statistics;
        return string.Create(CultureInfo.InvariantCulture, $"""
            In {elapsed.TotalSeconds:0.0} s
              requests    {s.Answered} answered ({s.Answered / seconds:0}/s): {s.Succeeded} succeeded, {s.DoneWithErrors} with errors, {s.Failed} failed; {s.Released} given back, {s.Refused} refused, {s.Repeated} repeated
              records     {s.Records} ({s.Records / seconds:0}/s) in {s.Blocks} blocks of {s.Octets} octets
              rows        {s.Rows} new ({s.Rows / seconds:0}/s), {s.Duplicates} known before, {s.Batches} batches, {s.Retries} retries
              per request {Percentiles(s.Requests)}
              until safe  {Percentiles(s.Stores)}
            """);
    }

    internal static string Percentiles(LatencyHistogram histogram) => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {Ms(histogram.Percentile(0.5))}, p95 {Ms(histogram.Percentile(0.95))}, p99 {Ms(histogram.Percentile(0.99))}, at most {Ms(histogram.Longest)}");

    private static string Ms(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    private string Line(long? waiting)
    {
        var now = _time.GetTimestamp();
        var seconds = Math.Max(_time.GetElapsedTime(_lastTime, now).TotalSeconds, 0.001);
        var (records, answered) = (_statistics.Records, _statistics.Answered);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{(answered - _lastAnswered) / seconds:0} requests/s, {(records - _lastRecords) / seconds:0} records/s; {answered} answered, {_statistics.Failed} failed, {records} records; {waiting?.ToString(CultureInfo.InvariantCulture) ?? "?"} waiting; request {Percentiles(_statistics.Requests)}; safe {Percentiles(_statistics.Stores)}");
        (_lastTime, _lastRecords, _lastAnswered) = (now, records, answered);
        return line;
    }

    // A broker that is away is told of by whoever needs it; here it only leaves a gap.
    private async Task<long?> CountWaitingAsync(CancellationToken stop)
    {
        try
        {
            return await _source.CountWaitingAsync(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            CollectorLog.DepthUnknown(_logger, error.Message);
            return null;
        }
    }
}
