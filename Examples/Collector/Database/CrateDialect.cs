using Npgsql;

namespace Connections.Collector.Database;

/// <summary>CrateDB, which has neither transactions nor a type for octets. A statement there is all or none for each row, and is made again where it failed.</summary>
internal sealed class CrateDialect : IDialect
{
    public bool TakesOctets => false;

    public bool TakesCopies => false;

    public async Task CreateAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", table.Columns.Select(static column => $"{column.Name} {column.CrateType}"));
        await using var command = new NpgsqlCommand($"CREATE TABLE IF NOT EXISTS {table.Name} ({columns}, PRIMARY KEY ({table.KeyNames}))", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
