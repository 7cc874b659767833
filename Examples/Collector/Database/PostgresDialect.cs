using Npgsql;

namespace Connections.Collector.Database;

/// <summary>PostgreSQL.</summary>
internal sealed class PostgresDialect : IDialect
{
    // Any number will do, as long as all collectors use the same: CREATE TABLE IF NOT EXISTS alone fails where two do it at once.
    private const long SchemaLock = 0x434E5242;

    public bool TakesOctets => true;

    public bool TakesCopies => true;

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
}
