using System.Threading.Channels;
using Connections.Collector.Monitoring;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Connections.Collector.Database;

/// <summary>
/// Inserts rows of one table by several workers, each with a connection of its own. Rows wait in a bounded queue; a worker takes a batch when it is full, or when its first row has waited
/// long enough. A batch that fails is tried again on a new connection, which the table's key makes harmless; one that is refused for its data is halved until the row is found.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BatchInserter<TRow> : IAsyncDisposable
{
    // A server that does not even say that it cannot is not waited for at the end.
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    private readonly Table<TRow> _table;
    private readonly TableStore _store;
    private readonly DatabaseSettings _settings;
    private readonly CollectorStatistics _statistics;
    private readonly ILogger _logger;
    private readonly Channel<RowSlice<TRow>> _queue;
    private readonly CancellationTokenSource _abort = new();
    private readonly ResiliencePipeline _patience;
    private readonly Task[] _workers;

    internal BatchInserter(Table<TRow> table, TableStore store, DatabaseSettings settings, CollectorStatistics statistics, ILogger logger)
    {
        _table = table;
        _store = store;
        _settings = settings;
        _statistics = statistics;
        _logger = logger;
        _queue = Channel.CreateBounded<RowSlice<TRow>>(Math.Max(1, settings.Queue / settings.BatchSize));
        _patience = new ResiliencePipelineBuilder()
            .AddTimeout(settings.RetryFor)
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(DatabaseErrors.IsTransient),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(5),
                UseJitter = true,
                OnRetry = Tell,
            })
            .Build();
        _workers = [.. Enumerable.Range(0, settings.Workers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Gives rows to the workers; waits while the queue is full.</summary>
    /// <param name="rows">The rows, which stay as they are until they are safe.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What tells when they are safe.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled while the queue was full; some rows may be inserted all the same.</exception>
    internal async ValueTask<Insertion> EnqueueAsync(TRow[] rows, CancellationToken cancellationToken)
    {
        var insertion = new Insertion(rows.Length);
        for (var from = 0; from < rows.Length; from += _settings.BatchSize)
        {
            var slice = new RowSlice<TRow>(rows.AsMemory(from, Math.Min(_settings.BatchSize, rows.Length - from)), insertion);
            await _queue.Writer.WriteAsync(slice, cancellationToken);
        }

        return insertion;
    }

    /// <summary>Has rows inserted.</summary>
    /// <returns>Completes once they are safe.</returns>
    /// <exception cref="DatabaseException">The database was away for too long, or refuses a row.</exception>
    internal async Task InsertAsync(TRow[] rows, CancellationToken cancellationToken)
    {
        var insertion = await EnqueueAsync(rows, cancellationToken);
        await insertion.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the workers: what is not safe by now fails.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _abort.CancelAsync();
        var ended = Task.WhenAll(_workers);
        if (await Task.WhenAny(ended, Task.Delay(EndWithin)) == ended)
        {
            await ended;
            _abort.Dispose();
        }
    }

    private async Task WorkAsync()
    {
        await using var seat = new TableSeat<TRow>(_store, _table);
        var filler = new BatchFiller<TRow>(_queue.Reader, _settings.BatchSize, _settings.BatchInterval);
        while (await filler.NextAsync(_abort.Token) is { Count: > 0 } batch)
        {
            await StoreAsync(seat, batch);
        }
    }

    private async Task StoreAsync(TableSeat<TRow> seat, Batch<TRow> batch)
    {
        try
        {
            var added = await _patience.ExecuteAsync(static (work, token) => new ValueTask<long>(work.seat.InsertAsync(work.Rows, token)), (seat, batch.Rows), _abort.Token);
            _statistics.Insert(added, batch.Count - added);
            batch.Confirm();
        }
        catch (Exception error) when (batch.Count > 1 && DatabaseErrors.IsOfData(error))
        {
            var (first, second) = batch.Halve();
            await StoreAsync(seat, first);
            await StoreAsync(seat, second);
        }
        catch (Exception error)
        {
            // Whoever waits for the rows learns it; the worker goes on with others.
            batch.Fail(Explain(error));
        }
    }

    private Exception Explain(Exception error)
    {
        if (error is OperationCanceledException)
        {
            return error;
        }

        var reason = error is TimeoutRejectedException
            ? $"it was away, or refused, for {_settings.RetryFor}; see that it runs and takes rows, or give it more time (RetryFor)."
            : DatabaseErrors.ReasonOf(error);
        CollectorLog.RowRefused(_logger, _table.Name, _store.Name, reason);
        return new DatabaseException($"The table {_table.Name} of {_store.Name} does not take a row: {reason}", error);
    }

    private ValueTask Tell(OnRetryArguments<object> retry)
    {
        _statistics.Retry();
        CollectorLog.DatabaseLost(_logger, _store.Name, retry.AttemptNumber + 1, retry.RetryDelay.TotalSeconds, DatabaseErrors.ReasonOf(retry.Outcome.Exception!));
        return ValueTask.CompletedTask;
    }
}
