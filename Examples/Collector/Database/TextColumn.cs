using Npgsql;
using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of texts.</summary>
internal sealed class TextColumn<TRow>(string name, Func<TRow, string?> get) : Column<TRow>(name, "text COLLATE \"C\"")
{
    internal override Task WriteAsync(NpgsqlBinaryImporter importer, TRow row, CancellationToken cancellationToken) =>
        get(row) is { } text ? importer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken) : importer.WriteNullAsync(cancellationToken);

    internal override NpgsqlParameter ToArray(IReadOnlyList<TRow> rows)
    {
        var values = new string?[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = get(rows[i]);
        }

        return new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }
}
