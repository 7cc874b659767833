using System.CommandLine;
using Connections.Collector.Database;
using Connections.Collector.Monitoring;
using Connections.Collector.Results;
using Connections.Harness.Rendering;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Harness.Commands;

/// <summary>Where <c>collect</c> and <c>parse</c> write.</summary>
internal sealed class CollectionOutput
{
    private const string DatabaseVariable = "CONNECTIONS_DATABASE";

    private readonly Option<string?> _file = new("--output", "-o") { Description = "Write blocks into a new file, in place of rows.", HelpName = "FILE" };
    private readonly Option<bool> _database = new("--database")
    {
        Description = $"Write rows into the PostgreSQL or CrateDB whose connection string stands in the environment variable {DatabaseVariable}, which may hold a password.",
    };

    private readonly Option<bool> _json = Options.Json();
    private readonly Option<bool> _csv = Options.Csv();

    internal IReadOnlyList<Option> All => [_file, _database, _json, _csv];

    internal bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Whether rows go elsewhere than to standard output, which is free for a summary then.</summary>
    internal bool IsElsewhere(ParseResult parsed) => parsed.GetValue(_file) is not null || parsed.GetValue(_database);

    /// <exception cref="UsageException">The options contradict each other, the file exists, or no database is named.</exception>
    internal IResultSink Open(ParseResult parsed)
    {
        var file = parsed.GetValue(_file);
        var (json, csv, database) = (parsed.GetValue(_json), parsed.GetValue(_csv), parsed.GetValue(_database));
        if ((json && csv) || (database && file is not null))
        {
            throw new UsageException("--json and --csv exclude each other, and so do --output and --database.");
        }

        if (file is not null)
        {
            return new BlockFileSink(Create(file));
        }

        var rows = new BlockRows(rates: null);
        return database ? OpenDatabase(rows) : new TextSink(Console.OpenStandardOutput(), csv ? new CsvFormat() : json ? new JsonLinesFormat() : new RowText(), rows);
    }

    private static DatabaseSink OpenDatabase(BlockRows rows)
    {
        var connection = Environment.GetEnvironmentVariable(DatabaseVariable) is { Length: > 0 } found
            ? found
            : throw new UsageException($"--database needs the environment variable {DatabaseVariable}, such as Host=db;Username=collector;Database=collector;Password=...");
        try
        {
            var settings = new DatabaseSettings { ConnectionString = connection, RetryFor = TimeSpan.FromSeconds(30) };
            return new DatabaseSink(settings, rows, new CollectorStatistics(), NullLogger.Instance);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"{DatabaseVariable} is no connection string.", error);
        }
    }

    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The blocks cannot be written to '{path}': {error.Message}", error);
        }
    }
}
