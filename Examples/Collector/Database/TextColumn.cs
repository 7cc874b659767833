using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of texts, which are compared by their octets.</summary>
internal sealed class TextColumn<TRow>(string name, Func<TRow, string?> get) : Column<TRow>(name, "text COLLATE \"C\"", "text")
{
    internal override (Array Values, NpgsqlDbType Type) ToArray(IReadOnlyList<TRow> rows, bool takesOctets) =>
        (Select(rows, get), NpgsqlDbType.Array | NpgsqlDbType.Text);
}
