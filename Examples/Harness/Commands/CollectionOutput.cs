using System.CommandLine;
using Connections.Collector.Database;
using Connections.Collector.Monitoring;
using Connections.Collector.Results;
using Connections.Harness.Rendering;

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
    /// <exception cref="DatabaseException">The database is not there, or refuses.</exception>
    internal async Task<IResultSink> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
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
        return database
            ? await OpenDatabaseAsync(rows, cancellationToken)
            : new TextSink(Console.OpenStandardOutput(), csv ? new CsvFormat() : json ? new JsonLinesFormat() : new RowText(), rows);
    }

    // One attempt at first: whoever waits at a terminal had rather know at once.
    private static async Task<DatabaseSink> OpenDatabaseAsync(BlockRows rows, CancellationToken cancellationToken)
    {
        var sink = OpenDatabase(rows);
        try
        {
            await sink.CheckAsync(cancellationToken);
            return sink;
        }
        catch
        {
            await sink.DisposeAsync();
            throw;
        }
    }

    private static DatabaseSink OpenDatabase(BlockRows rows)
    {
        var connection = Environment.GetEnvironmentVariable(DatabaseVariable) is { Length: > 0 } found
            ? found
            : throw new UsageException($"--database needs the environment variable {DatabaseVariable}, such as Host=db;Username=collector;Database=collector;Password=...");
        try
        {
            var settings = new DatabaseSettings { ConnectionString = connection, RetryFor = TimeSpan.FromSeconds(30) };
            return new DatabaseSink(settings, rows, new CollectorStatistics(), RemarkLogger.Instance);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"{DatabaseVariable} is no connection string; it must be such as Host=db;Username=collector;Database=collector;Password=...", error);
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
