using System.Diagnostics;
using System.Globalization;
using Connections.Benchmarks.Snmp;
using Connections.Collector.Database;
using Connections.Collector.Generation;
using Connections.Collector.Monitoring;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Connections.Benchmarks.Insert;

/// <summary>Records a second that a real PostgreSQL on this machine takes, with a key and fsync, by workers and batch size. Each measurement begins with an empty table.</summary>
internal static class InsertBenchmark
{
    private const int GoalWorkers = 4;
    private const int GoalBatch = 200;
    private const int Goal = 100_000;

    private static readonly int[] Workers = [1, 2, 4, 8];
    private static readonly int[] Batches = [50, 200, 1_000, 5_000];

    internal static async Task RunAsync(TextWriter output, BenchmarkArguments arguments, Checklist checklist)
    {
        await using var server = PostgresServer.Start();
        var connectionString = await server.ReadAsync();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Records/s into PostgreSQL, windows of {arguments.Window.Length.TotalSeconds} s, median of {arguments.Rounds} rounds of turns, {Environment.ProcessorCount} processors."));
        var samples = await MeasureAsync(connectionString, arguments);
        await WriteAsync(output, samples);
        var goal = samples[(GoalWorkers, GoalBatch)];
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{GoalWorkers} workers, batches of {GoalBatch}: processor time of a record {Median(goal, static sample => sample.ClientMicroseconds):0.0} us of the client, which makes it too, and {Median(goal, static sample => sample.ServerMicroseconds):0.0} us of the server"));
        checklist.AtLeast(Goal, "records/s", $"insert: {GoalWorkers} workers, batches of {GoalBatch}", RateOf(goal));
    }

    private static double RateOf(IEnumerable<InsertSample> samples) => Median(samples, static sample => sample.Rate);

    private static double Median(IEnumerable<InsertSample> samples, Func<InsertSample, double> get) => Statistics.Median(samples.Select(get));

    private static async Task<Dictionary<(int Workers, int Batch), List<InsertSample>>> MeasureAsync(string connectionString, BenchmarkArguments arguments)
    {
        var server = await PostgresProcesses.FindAsync(connectionString);
        var cells = Workers.SelectMany(static workers => Batches.Select(batch => (workers, batch)))
            .Where(cell => !arguments.IsChecked || cell == (GoalWorkers, GoalBatch))
            .ToList();
        var samples = cells.ToDictionary(static cell => cell, static _ => new List<InsertSample>());
        await MeasureAsync(connectionString, server, (GoalWorkers, GoalBatch), arguments.Window.Length);
        for (var round = 0; round < arguments.Rounds; round++)
        {
            foreach (var cell in cells)
            {
                samples[cell].Add(await MeasureAsync(connectionString, server, cell, arguments.Window.Length));
            }
        }

        return samples;
    }

    private static async Task<InsertSample> MeasureAsync(string connectionString, PostgresProcesses server, (int Workers, int Batch) cell, TimeSpan length)
    {
        var database = new DatabaseSettings { ConnectionString = connectionString, Workers = cell.Workers, BatchSize = cell.Batch };
        await EmptyAsync(database);
        var settings = new GenerationSettings { Threads = 2, Duration = length };
        using var process = Process.GetCurrentProcess();
        var (client, taken) = (process.TotalProcessorTime, server.ProcessorTime());
        var result = await new GenerationRun(database, settings, new CollectorStatistics(), NullLogger.Instance).RunAsync(CancellationToken.None);
        process.Refresh();
        return result.Errors == 0
            ? new InsertSample(
                result.Rate,
                (process.TotalProcessorTime - client).TotalMicroseconds / result.Records,
                (server.ProcessorTime() - taken).TotalMicroseconds / result.Records)
            : throw new InvalidOperationException("Records were lost.");
    }

    // What another measurement left to be written out would be counted as this one's.
    private static async Task EmptyAsync(DatabaseSettings database)
    {
        await using var connection = new NpgsqlConnection($"{database.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        foreach (var statement in (string[])[$"DROP TABLE IF EXISTS {database.Values}", "CHECKPOINT"])
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task WriteAsync(TextWriter output, Dictionary<(int Workers, int Batch), List<InsertSample>> samples)
    {
        await output.WriteLineAsync($"\n{"workers",-12}{string.Concat(Batches.Select(static batch => string.Create(CultureInfo.InvariantCulture, $"{$"batch {batch}",14}")))}");
        foreach (var workers in Workers)
        {
            var cells = Batches.Select(batch => samples.TryGetValue((workers, batch), out var cell) ? RateOf(cell) : double.NaN);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{workers,-12}{string.Concat(cells.Select(static rate => string.Create(CultureInfo.InvariantCulture, $"{rate,14:0}")))}"));
        }
    }
}
