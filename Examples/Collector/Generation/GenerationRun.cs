using System.Diagnostics;
using Connections.Collector.Database;
using Connections.Collector.Monitoring;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Generation;

/// <summary>Threads that make records as fast as the database takes them, to measure it.</summary>
internal sealed class GenerationRun(DatabaseSettings database, GenerationSettings settings, CollectorStatistics statistics, ILogger logger)
{
    // Enough to tell some thousand runs in one table from each other.
    private const int RunLength = 5;

    // What waits for a database that answers is stored in less.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Generates for as long as the settings say, or until it is cancelled, and waits until all is safe; once it is cancelled, for a moment at most.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    /// <exception cref="DatabaseException">The database is not there, or refuses.</exception>
    internal async Task<GenerationResult> RunAsync(CancellationToken cancellationToken)
    {
        database.Validate();
        settings.Validate();
        var table = Tables.Values(database.Values);
        await using var store = new TableStore(database.ConnectionString);
        await store.CheckAsync(table, cancellationToken);
        await using var inserter = new BatchInserter<ValueRow>(table, store, database, statistics, logger);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var abort = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => abort.CancelAfter(Grace));
        end.CancelAfter(settings.Duration);
        var run = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(RunLength));
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, settings.Threads).Select(thread => Task.Run(
            () => MakeAsync(inserter, new RecordGenerator(settings, run, thread), end.Token, abort.Token), CancellationToken.None)));
        return new GenerationResult(counts.Sum(static count => count.Safe), Stopwatch.GetElapsedTime(began), counts.Sum(static count => count.Lost));
    }

    private async Task<(long Safe, long Lost)> MakeAsync(BatchInserter<ValueRow> inserter, RecordGenerator generator, CancellationToken end, CancellationToken abort)
    {
        var safe = 0L;
        var lost = 0L;
        var waiting = new Queue<(Insertion Insertion, long Began)>();
        while (!end.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                waiting.Enqueue((await inserter.EnqueueAsync(generator.Next(database.BatchSize), abort), began));
            }
            catch (OperationCanceledException) when (abort.IsCancellationRequested)
            {
                lost += database.BatchSize;
                break;
            }

            while (waiting.TryPeek(out var first) && first.Insertion.Completion.IsCompleted)
            {
                await CountAsync(waiting.Dequeue());
            }
        }

        while (waiting.TryDequeue(out var entry))
        {
            await CountAsync(entry);
        }

        return (safe, lost);

        async Task CountAsync((Insertion Insertion, long Began) entry)
        {
            await entry.Insertion.Completion.WaitAsync(abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (entry.Insertion.Completion.IsCompletedSuccessfully)
            {
                safe += database.BatchSize;
                statistics.Stores.Add(Stopwatch.GetElapsedTime(entry.Began));
            }
            else
            {
                lost += database.BatchSize;
            }
        }
    }
}
