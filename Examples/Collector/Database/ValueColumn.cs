using Npgsql;
using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of numbers or times.</summary>
internal sealed class ValueColumn<TRow, TValue>(string name, string type, NpgsqlDbType dbType, Func<TRow, TValue?> get) : Column<TRow>(name, type)
    where TValue : struct
{
    internal override Task WriteAsync(NpgsqlBinaryImporter importer, TRow row, CancellationToken cancellationToken) =>
        get(row) is { } value ? importer.WriteAsync(value, dbType, cancellationToken) : importer.WriteNullAsync(cancellationToken);

    internal override NpgsqlParameter ToArray(IReadOnlyList<TRow> rows)
    {
        var values = new TValue?[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = get(rows[i]);
        }

        return new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | dbType };
    }
}
