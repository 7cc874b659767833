using Npgsql;
using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of octets: bytea in a copy; in arrays for CrateDB, which has no such type, hexadecimal digits.</summary>
internal sealed class OctetsColumn<TRow>(string name, Func<TRow, byte[]?> get) : Column<TRow>(name, "bytea")
{
    internal override Task WriteAsync(NpgsqlBinaryImporter importer, TRow row, CancellationToken cancellationToken) =>
        get(row) is { } octets ? importer.WriteAsync(octets, NpgsqlDbType.Bytea, cancellationToken) : importer.WriteNullAsync(cancellationToken);

    internal override NpgsqlParameter ToArray(IReadOnlyList<TRow> rows)
    {
        var values = new string?[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = get(rows[i]) is { } octets ? Convert.ToHexStringLower(octets) : null;
        }

        return new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }
}
