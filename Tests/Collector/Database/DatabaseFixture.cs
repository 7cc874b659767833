using Connections.Collector.Database;
using Connections.Collector.Monitoring;
using Connections.Tests.Servers;
using Npgsql;

namespace Connections.Collector.Tests.Database;

/// <summary>Tables of a test's own in the real PostgreSQL.</summary>
public abstract class DatabaseFixture
{
    private string _name = null!;

    internal CollectorStatistics Statistics { get; private set; } = null!;

    internal DatabaseSettings Settings { get; private set; } = null!;

    [SetUp]
    public void NameTables()
    {
        _name = $"t{Guid.NewGuid():N}";
        Statistics = new CollectorStatistics();
        Settings = new DatabaseSettings
        {
            ConnectionString = TestServer.Postgres,
            Values = $"{_name}_values",
            Requests = $"{_name}_requests",
            RetryFor = TimeSpan.FromSeconds(60),
        };
    }

    [TearDown]
    public async Task DropTablesAsync() => await ExecuteAsync($"DROP TABLE IF EXISTS {Settings.Values}, {Settings.Requests}");

    internal static ValueRow Row(string request, int index) =>
        new(request, "192.0.2.1", "1.3.6.1.2.1.31.1.1.1.6", $"{index}", DateTime.UtcNow, "counter64") { Number = index };

    internal static async Task<T> QueryAsync<T>(string query)
    {
        await using var connection = new NpgsqlConnection($"{TestServer.Postgres};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    internal static async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection($"{TestServer.Postgres};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
