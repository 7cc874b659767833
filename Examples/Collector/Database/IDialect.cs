using Npgsql;

namespace Connections.Collector.Database;

/// <summary>What differs between databases that speak PostgreSQL's protocol.</summary>
internal interface IDialect
{
    /// <summary>Makes a table where there is none. Several collectors may do so at once.</summary>
    Task CreateAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken);

    /// <summary>Makes an open connection ready to insert into a table; the session owns it.</summary>
    Task<ITableSession<TRow>> OpenAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken);
}
