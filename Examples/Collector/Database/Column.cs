using Npgsql;

namespace Connections.Collector.Database;

/// <summary>A column of a table, and where its values stand in a row.</summary>
/// <param name="name">What it is called.</param>
/// <param name="type">Its type in PostgreSQL.</param>
internal abstract class Column<TRow>(string name, string type)
{
    internal string Name { get; } = name;

    internal string Type { get; } = type;

    /// <summary>Its type in CrateDB, where that is another.</summary>
    internal string CrateType => Type switch
    {
        "timestamptz" => "timestamp with time zone",
        "text COLLATE \"C\"" or "bytea" => "text",
        _ => Type,
    };

    /// <summary>Copies its value of a row.</summary>
    internal abstract Task WriteAsync(NpgsqlBinaryImporter importer, TRow row, CancellationToken cancellationToken);

    /// <summary>Its values of many rows, as an array.</summary>
    internal abstract NpgsqlParameter ToArray(IReadOnlyList<TRow> rows);
}
