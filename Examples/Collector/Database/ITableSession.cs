namespace Connections.Collector.Database;

/// <summary>A connection that inserts into one table. After an error it is good for nothing but to be disposed.</summary>
internal interface ITableSession<TRow> : IAsyncDisposable
{
    /// <summary>Inserts rows, all or none; those whose key is known already are passed over. They are safe once it returns.</summary>
    /// <returns>How many were inserted.</returns>
    Task<long> InsertAsync(IReadOnlyList<TRow> rows, CancellationToken cancellationToken);
}
