using Connections.Collector.Monitoring;
using Connections.Collector.Results;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Database;

/// <summary>Rows in a database: a table of values, and one that says how requests ended. A row there means that all of the request's values are in the other.</summary>
internal sealed class DatabaseSink : IResultSink
{
    private readonly BlockRows _rows;
    private readonly TableStore _store;
    private readonly Table<ValueRow> _table;
    private readonly BatchInserter<ValueRow> _values;
    private readonly BatchInserter<RequestRow> _requests;

    internal DatabaseSink(DatabaseSettings settings, BlockRows rows, CollectorStatistics statistics, ILogger logger, IDialect? dialect = null)
    {
        settings.Validate();
        _rows = rows;
        _store = new TableStore(settings.ConnectionString, dialect);
        _table = Tables.Values(settings.Values);
        _values = new BatchInserter<ValueRow>(_table, _store, settings, statistics, logger);

        // Ends are few, and whoever waits for them holds up the next ones.
        _requests = new BatchInserter<RequestRow>(
            Tables.Requests(settings.Requests), _store, settings with { Workers = 1, BatchInterval = TimeSpan.Zero }, statistics, logger);
    }

    /// <summary>Finds out whether rows can be stored at all, in one attempt.</summary>
    /// <exception cref="DatabaseException">They cannot.</exception>
    internal Task CheckAsync(CancellationToken cancellationToken) => _store.CheckAsync(_table, cancellationToken);

    public async Task WriteAsync(ResultBlock block, CancellationToken cancellationToken)
    {
        var rows = _rows.Of(block);
        var values = new ValueRow[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ValueRow.Of(rows[i]);
        }

        await _values.InsertAsync(values, cancellationToken);
    }

    public Task EndAsync(IReadOnlyList<BlockRequest> ended, CancellationToken cancellationToken) =>
        _requests.InsertAsync([.. ended.Select(RequestRow.Of)], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _values.DisposeAsync();
        await _requests.DisposeAsync();
        await _store.DisposeAsync();
    }
}
