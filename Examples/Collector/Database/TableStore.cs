using Npgsql;

namespace Connections.Collector.Database;

/// <summary>Opens sessions on one database, once it is known what kind it is, and makes each table before its first session. Thread-safe.</summary>
internal sealed class TableStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<string> _made = [];
    private IDialect? _dialect;

    /// <summary>Makes a store, which connects to nothing yet.</summary>
    /// <param name="connectionString">Npgsql's connection string.</param>
    /// <param name="dialect">What kind of database it is; it is asked if this is null.</param>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    internal TableStore(string connectionString, IDialect? dialect = null)
    {
        // Connections are kept by their sessions. Types that are not built in are not needed, and CrateDB cannot tell of them.
        var plain = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Enlist = false };
        Name = $"database {plain.Database ?? plain.Username} at {plain.Host}:{plain.Port}";
        _source = new NpgsqlDataSourceBuilder(plain.ConnectionString).ConfigureTypeLoading(static types => types.EnableTypeLoading(false)).Build();
        _dialect = dialect;
    }

    /// <summary>Which database it is, in words without a secret.</summary>
    internal string Name { get; }

    /// <summary>Finds out whether rows can be stored at all, in one attempt.</summary>
    /// <exception cref="DatabaseException">They cannot.</exception>
    internal async Task CheckAsync<TRow>(Table<TRow> table, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await OpenAsync(table, cancellationToken);
        }
        catch (Exception error) when (DatabaseErrors.IsTransient(error))
        {
            throw new DatabaseException($"The {Name} cannot be used: {DatabaseErrors.ReasonOf(error)} See that it runs, and that the connection string is right.", error);
        }
    }

    /// <exception cref="NpgsqlException">The database is away, or refuses.</exception>
    internal async Task<TableSession<TRow>> OpenAsync<TRow>(Table<TRow> table, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            var dialect = await PrepareAsync(connection, table, cancellationToken);
            return new TableSession<TRow>(connection, table, dialect);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<IDialect> PrepareAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _dialect ??= await RecogniseAsync(connection, cancellationToken);
            if (!_made.Contains(table.Name))
            {
                await _dialect.CreateAsync(connection, table, cancellationToken);
                _made.Add(table.Name);
            }

            return _dialect;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<IDialect> RecogniseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT version()", connection);
        var version = (string?)await command.ExecuteScalarAsync(cancellationToken);
        return version?.Contains("CrateDB", StringComparison.OrdinalIgnoreCase) == true ? new CrateDialect() : new PostgresDialect();
    }
}
