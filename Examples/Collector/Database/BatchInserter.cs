using System.Threading.Channels;
using Connections.Collector.Monitoring;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Connections.Collector.Database;

/// <summary>
/// Inserts rows of one table by several workers, each with a connection of its own. Rows wait in a bounded queue; a worker takes a batch when it is full, or when its first row has waited
/// long enough. A batch that fails is tried again on a new connection, which the table's key makes harmless; one that is refused for its data is halved until the row is found.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BatchInserter<TRow> : IAsyncDisposable
{
    private readonly Table<TRow> _table;
    private readonly TableStore _store;
    private readonly DatabaseSettings _settings;
    private readonly CollectorStatistics _statistics;
    private readonly ILogger _logger;
    private readonly Channel<(TRow Row, Insertion Insertion)> _queue;
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
        _queue = Channel.CreateBounded<(TRow, Insertion)>(settings.Queue);
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

    /// <summary>How many rows wait for a worker.</summary>
    internal int Waiting => _queue.Reader.Count;

    /// <summary>Gives rows to the workers; waits while the queue is full.</summary>
    /// <returns>What tells when they are safe.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled while the queue was full; some rows may be inserted all the same.</exception>
    internal async ValueTask<Insertion> EnqueueAsync(IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        var insertion = new Insertion(rows.Count);
        foreach (var row in rows)
        {
            if (!_queue.Writer.TryWrite((row, insertion)))
            {
                await _queue.Writer.WriteAsync((row, insertion), cancellationToken);
            }
        }

        return insertion;
    }

    /// <summary>Has rows inserted.</summary>
    /// <returns>Completes once they are safe.</returns>
    internal async Task InsertAsync(IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        var insertion = await EnqueueAsync(rows, cancellationToken);
        await insertion.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Inserts what waits, and ends the workers.</summary>
    internal async Task CompleteAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_workers);
    }

    /// <summary>Ends the workers at once: what is not safe by now fails.</summary>
    public async ValueTask DisposeAsync()
    {
        await _abort.CancelAsync();
        await CompleteAsync();
        _abort.Dispose();
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

    private async Task StoreAsync(TableSeat<TRow> seat, IReadOnlyList<(TRow Row, Insertion Insertion)> batch)
    {
        try
        {
            var rows = new List<TRow>(batch.Count);
            rows.AddRange(batch.Select(static entry => entry.Row));
            var added = await _patience.ExecuteAsync(token => new ValueTask<long>(seat.InsertAsync(rows, token)), _abort.Token);
            _statistics.Insert(added, rows.Count - added);
            foreach (var (_, insertion) in batch)
            {
                insertion.Confirm();
            }
        }
        catch (Exception error) when (batch.Count > 1 && DatabaseErrors.IsOfData(error))
        {
            var half = batch.Count / 2;
            await StoreAsync(seat, [.. batch.Take(half)]);
            await StoreAsync(seat, [.. batch.Skip(half)]);
        }
        catch (Exception error)
        {
            Refuse(batch, error);
        }
    }

    // Whoever waits for the rows learns it; the worker goes on with others.
    private void Refuse(IReadOnlyList<(TRow Row, Insertion Insertion)> batch, Exception error)
    {
        if (error is not OperationCanceledException)
        {
            CollectorLog.RowRefused(_logger, _table.Name, error.Message);
        }

        foreach (var (_, insertion) in batch)
        {
            insertion.Fail(error);
        }
    }

    private ValueTask Tell(OnRetryArguments<object> retry)
    {
        _statistics.Retry();
        CollectorLog.DatabaseLost(_logger, retry.AttemptNumber + 1, retry.Outcome.Exception!.Message, retry.RetryDelay);
        return ValueTask.CompletedTask;
    }
}
