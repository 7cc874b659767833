using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of octets: bytea, or hexadecimal digits in CrateDB, which has no such type.</summary>
internal sealed class OctetsColumn<TRow>(string name, Func<TRow, byte[]?> get) : Column<TRow>(name, "bytea", "text")
{
    internal override void Write(CopyBuffer copy, in TRow row)
    {
        if (get(row) is { } octets)
        {
            copy.Write(octets);
        }
        else
        {
            copy.WriteNull();
        }
    }

    internal override (Array Values, NpgsqlDbType Type) ToArray(ReadOnlySpan<TRow> rows, bool takesOctets) => takesOctets
        ? (Select(rows, get), NpgsqlDbType.Array | NpgsqlDbType.Bytea)
        : (Select(rows, row => get(row) is { } octets ? Convert.ToHexStringLower(octets) : null), NpgsqlDbType.Array | NpgsqlDbType.Text);
}
