using System.Globalization;
using Connections.Collector.Database;
using Connections.Collector.Monitoring;

namespace Connections.Collector.Generation;

/// <summary>What a run of generated records came to, in words.</summary>
internal static class GenerationReport
{
    internal static string Of(DatabaseSettings database, GenerationSettings settings, in GenerationResult result, CollectorStatistics statistics) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {result.Records} records in {result.Elapsed.TotalSeconds:0.0} s: {result.Rate:0} records/s
          {settings.Threads} threads, {database.Workers} workers, batches of {database.BatchSize}, shape {settings.Shape.ToString().ToLowerInvariant()}
          {statistics.Rows} rows new, {statistics.Duplicates} known before, {statistics.Batches} batches, {statistics.Retries} retries, {result.Errors} not stored
          until safe: {CollectorMonitor.Percentiles(statistics.Stores)}
        """);
}
