using Npgsql;

namespace Connections.Collector.Database;

/// <summary>CrateDB: rows travel as arrays, a column each, since it has neither COPY from a client nor transactions. A statement is all or none for each row, and is made again where it failed.</summary>
internal sealed class CrateDialect : IDialect
{
    public async Task CreateAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", table.Columns.Select(static column => $"{column.Name} {column.CrateType}"));
        await using var command = new NpgsqlCommand($"CREATE TABLE IF NOT EXISTS {table.Name} ({columns}, PRIMARY KEY ({table.KeyNames}))", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task<ITableSession<TRow>> OpenAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken) =>
        Task.FromResult<ITableSession<TRow>>(new UnnestSession<TRow>(connection, table));
}
