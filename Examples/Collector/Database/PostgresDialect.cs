using Npgsql;

namespace Connections.Collector.Database;

/// <summary>PostgreSQL: rows are copied into a staging table of the connection's own, and moved from there.</summary>
internal sealed class PostgresDialect : IDialect
{
    // Any number will do, as long as all collectors use the same: CREATE TABLE IF NOT EXISTS alone fails where two do it at once.
    private const long SchemaLock = 0x434E5242;

    public async Task CreateAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", table.Columns.Select(static column => $"{column.Name} {column.Type}"));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand($"SELECT pg_advisory_xact_lock({SchemaLock})"),
                new NpgsqlBatchCommand($"CREATE TABLE IF NOT EXISTS {table.Name} ({columns}, PRIMARY KEY ({table.KeyNames}))"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<ITableSession<TRow>> OpenAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", table.Columns.Select(static column => $"{column.Name} {column.Type}"));
        await using var command = new NpgsqlCommand($"CREATE TEMP TABLE {CopySession<TRow>.Staging} ({columns}) ON COMMIT DELETE ROWS", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new CopySession<TRow>(connection, table);
    }
}
