namespace Connections.Collector.Database;

/// <summary>A worker's connection to a table, opened when it is needed, and thrown away after an error. For one user at a time.</summary>
internal sealed class TableSeat<TRow>(TableStore store, Table<TRow> table) : IAsyncDisposable
{
    private TableSession<TRow>? _session;

    internal async Task<long> InsertAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            _session ??= await store.OpenAsync(table, cancellationToken);
            return await _session.InsertAsync(rows, cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
        {
            await session.DisposeAsync();
        }
    }
}
