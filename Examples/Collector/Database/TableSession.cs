using Npgsql;

namespace Connections.Collector.Database;

/// <summary>
/// A connection that inserts into one table, a batch a transaction. Rows that nobody has stored before, which nearly all are, are copied straight into the table; the table's key refuses a copy with a row that
/// is known, and the batch goes by a statement that passes over those, which takes longer, as does a copy into a temporary table that is moved on. After any other error a session is good for nothing but to be disposed. For one user at a time.
/// </summary>
internal sealed class TableSession<TRow> : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly Column<TRow>[] _columns;
    private readonly IDialect _dialect;
    private readonly string _copy;
    private readonly NpgsqlCommand _merge;
    private readonly CopyBuffer _buffer = new();

    // A request that is carried out again brings batch after batch of rows that are known.
    private bool _meetsKnownRows;

    internal TableSession(NpgsqlConnection connection, Table<TRow> table, IDialect dialect)
    {
        _connection = connection;
        _columns = [.. table.Columns];
        _dialect = dialect;
        _copy = $"COPY {table.Name} ({table.ColumnNames}) FROM STDIN (FORMAT binary)";
        var arrays = string.Join(", ", Enumerable.Range(1, table.Columns.Count).Select(static number => $"${number}"));
        _merge = new NpgsqlCommand(
            $"INSERT INTO {table.Name} ({table.ColumnNames}) SELECT * FROM UNNEST({arrays}) AS r ({table.ColumnNames}) ON CONFLICT ({table.KeyNames}) DO NOTHING", connection);
    }

    /// <summary>Inserts rows, all or none; those whose key is known already are passed over. They are safe once it returns.</summary>
    /// <returns>How many were inserted.</returns>
    internal async Task<long> InsertAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        if (_dialect.TakesCopies && !_meetsKnownRows && await TryCopyAsync(rows, cancellationToken))
        {
            return rows.Length;
        }

        var added = await MergeAsync(rows, cancellationToken);
        _meetsKnownRows = added < rows.Length;
        return added;
    }

    public async ValueTask DisposeAsync()
    {
        await _merge.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <returns>Whether they are in; if not, some of them are known, and none is in.</returns>
    private async Task<bool> TryCopyAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        Fill(rows.Span);
        try
        {
            await using var copy = await _connection.BeginRawBinaryCopyAsync(_copy, cancellationToken);
            await copy.WriteAsync(_buffer.Written, cancellationToken);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }

        return true;
    }

    private void Fill(ReadOnlySpan<TRow> rows)
    {
        _buffer.Begin();
        foreach (ref readonly var row in rows)
        {
            _buffer.BeginRow(_columns.Length);
            foreach (var column in _columns)
            {
                column.Write(_buffer, row);
            }
        }

        _buffer.EndRows();
    }

    private async Task<long> MergeAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        var isFirst = _merge.Parameters.Count == 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            var (values, type) = _columns[i].ToArray(rows.Span, _dialect.TakesOctets);
            if (isFirst)
            {
                _merge.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = values });
            }
            else
            {
                _merge.Parameters[i].Value = values;
            }
        }

        if (isFirst)
        {
            await _merge.PrepareAsync(cancellationToken);
        }

        return await _merge.ExecuteNonQueryAsync(cancellationToken);
    }
}
