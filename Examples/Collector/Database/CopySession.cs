using Npgsql;

namespace Connections.Collector.Database;

/// <summary>Inserts by COPY into a temporary table, which is written to no log and has no index, and one statement that moves what is new into the table.</summary>
internal sealed class CopySession<TRow> : ITableSession<TRow>
{
    internal const string Staging = "collector_staging";

    private readonly NpgsqlConnection _connection;
    private readonly Table<TRow> _table;
    private readonly string _copy;
    private readonly NpgsqlCommand _move;
    private bool _isPrepared;

    internal CopySession(NpgsqlConnection connection, Table<TRow> table)
    {
        _connection = connection;
        _table = table;
        _copy = $"COPY {Staging} ({table.ColumnNames}) FROM STDIN (FORMAT BINARY)";
        _move = new NpgsqlCommand($"INSERT INTO {table.Name} ({table.ColumnNames}) SELECT {table.ColumnNames} FROM {Staging} ON CONFLICT ({table.KeyNames}) DO NOTHING", connection);
    }

    public async Task<long> InsertAsync(IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await CopyAsync(rows, cancellationToken);
        if (!_isPrepared)
        {
            await _move.PrepareAsync(cancellationToken);
            _isPrepared = true;
        }

        var added = await _move.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    public async ValueTask DisposeAsync()
    {
        await _move.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task CopyAsync(IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        await using var importer = await _connection.BeginBinaryImportAsync(_copy, cancellationToken);
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            foreach (var column in _table.Columns)
            {
                await column.WriteAsync(importer, row, cancellationToken);
            }
        }

        await importer.CompleteAsync(cancellationToken);
    }
}
