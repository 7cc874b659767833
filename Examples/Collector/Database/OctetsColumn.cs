using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of octets: bytea, or hexadecimal digits in CrateDB, which has no such type.</summary>
internal sealed class OctetsColumn<TRow>(string name, Func<TRow, byte[]?> get) : Column<TRow>(name, "bytea", "text")
{
    internal override (Array Values, NpgsqlDbType Type) ToArray(IReadOnlyList<TRow> rows, bool takesOctets) => takesOctets
        ? (Select(rows, get), NpgsqlDbType.Array | NpgsqlDbType.Bytea)
        : (Select(rows, row => get(row) is { } octets ? Convert.ToHexStringLower(octets) : null), NpgsqlDbType.Array | NpgsqlDbType.Text);
}
