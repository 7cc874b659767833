using Npgsql;

namespace Connections.Collector.Database;

/// <summary>What differs between databases that speak PostgreSQL's protocol.</summary>
internal interface IDialect
{
    /// <summary>Whether there is a type for octets.</summary>
    bool TakesOctets { get; }

    /// <summary>Whether rows may be copied in, PostgreSQL's binary COPY.</summary>
    bool TakesCopies { get; }

    /// <summary>Makes a table where there is none. Several collectors may do so at once.</summary>
    Task CreateAsync<TRow>(NpgsqlConnection connection, Table<TRow> table, CancellationToken cancellationToken);
}
