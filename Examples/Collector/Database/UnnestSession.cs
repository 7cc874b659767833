using Npgsql;

namespace Connections.Collector.Database;

/// <summary>Inserts by one statement that takes an array for each column.</summary>
internal sealed class UnnestSession<TRow> : ITableSession<TRow>
{
    private readonly NpgsqlConnection _connection;
    private readonly Table<TRow> _table;
    private readonly string _insert;

    internal UnnestSession(NpgsqlConnection connection, Table<TRow> table)
    {
        _connection = connection;
        _table = table;
        var arrays = string.Join(", ", Enumerable.Range(1, table.Columns.Count).Select(static number => $"${number}"));
        _insert = $"INSERT INTO {table.Name} ({table.ColumnNames}) SELECT * FROM UNNEST({arrays}) AS r ({table.ColumnNames}) ON CONFLICT ({table.KeyNames}) DO NOTHING";
    }

    public async Task<long> InsertAsync(IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(_insert, _connection);
        foreach (var column in _table.Columns)
        {
            command.Parameters.Add(column.ToArray(rows));
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
