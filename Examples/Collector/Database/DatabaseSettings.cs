using Connections.Collector.Configuration;
using Npgsql;

namespace Connections.Collector.Database;

/// <summary>Where rows go, and how.</summary>
internal sealed record DatabaseSettings
{
    /// <summary>Npgsql's connection string. It may hold a password: give it in the environment, or in a file that only the collector reads.</summary>
    public string ConnectionString { get; init; } = "Host=127.0.0.1;Username=collector;Database=collector";

    /// <summary>The table of values.</summary>
    public string Values { get; init; } = "snmp_values";

    /// <summary>The table that says how requests ended.</summary>
    public string Requests { get; init; } = "snmp_requests";

    /// <summary>How many workers insert at once, each with a connection of its own, 1 to 64.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>How many rows a transaction has at most, 1 to 100,000.</summary>
    public int BatchSize { get; init; } = 1_000;

    /// <summary>How long rows wait for a batch to fill.</summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How many rows wait for a worker at most, in whole batches.</summary>
    public int Queue { get; init; } = 20_000;

    /// <summary>How long a database that is away is waited for.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        Setting.Require(Workers is >= 1 and <= 64, "Database:Workers", "must be from 1 to 64");
        Setting.Require(BatchSize is >= 1 and <= 100_000, "Database:BatchSize", "must be from 1 to 100000");
        Setting.Require(Queue >= 1, "Database:Queue", "must be at least 1");
        Setting.Require(BatchInterval >= TimeSpan.Zero && BatchInterval <= TimeSpan.FromMinutes(1), "Database:BatchInterval", "must be from 0 to a minute");
        Setting.Require(RetryFor > TimeSpan.Zero && RetryFor <= TimeSpan.FromDays(1), "Database:RetryFor", "must be more than 0, and a day at most");
        Setting.Require(IsName(Values), "Database:Values", "must be the name of a table: lower-case letters, digits and underscores");
        Setting.Require(IsName(Requests), "Database:Requests", "must be the name of a table: lower-case letters, digits and underscores");
        Setting.Require(IsConnectionString(ConnectionString), "Database:ConnectionString", "must be a connection string, such as Host=db;Username=collector;Password=...;Database=collector");
    }

    // They stand in statements as they are.
    private static bool IsName(string name) => name.Length is > 0 and <= 48 && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
