using System.Diagnostics;
using Connections.Collector.Database;
using Connections.Collector.Monitoring;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Generation;

/// <summary>Threads that make records as fast as the database takes them, to measure it.</summary>
internal sealed class GenerationRun(DatabaseSettings database, GenerationSettings settings, CollectorStatistics statistics, ILogger logger)
{
    private const int MaxThreads = 16;

    // Enough to tell some thousand runs in one table from each other.
    private const int RunLength = 5;

    /// <summary>Generates for as long as the settings say, or until it is cancelled, and waits until all is safe.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal async Task<GenerationResult> RunAsync(CancellationToken cancellationToken)
    {
        database.Validate();
        if (settings.Threads is < 1 or > MaxThreads || settings.Octets is < 0 or > 65_535 || settings.RecordsPerRequest < 1)
        {
            throw new ArgumentException($"Records are made by 1 to {MaxThreads} threads, hold 0 to 65535 octets, and a request has at least one.");
        }

        await using var store = new TableStore(database.ConnectionString);
        await using var inserter = new BatchInserter<ValueRow>(Tables.Values(database.Values), store, database, statistics, logger);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(settings.Duration);
        var run = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(RunLength));
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, settings.Threads).Select(thread => Task.Run(
            () => MakeAsync(inserter, new RecordGenerator(settings, run, thread), end.Token), CancellationToken.None)));
        return new GenerationResult(counts.Sum(static count => count.Safe), Stopwatch.GetElapsedTime(began), counts.Sum(static count => count.Lost));
    }

    private async Task<(long Safe, long Lost)> MakeAsync(BatchInserter<ValueRow> inserter, RecordGenerator generator, CancellationToken end)
    {
        var safe = 0L;
        var lost = 0L;
        var waiting = new Queue<(Insertion Insertion, long Began)>();
        while (!end.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            waiting.Enqueue((await inserter.EnqueueAsync(generator.Next(database.BatchSize), CancellationToken.None), began));
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
            await entry.Insertion.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
