using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of texts, which are compared by their octets.</summary>
internal sealed class TextColumn<TRow>(string name, Func<TRow, string?> get) : Column<TRow>(name, "text COLLATE \"C\"", "text")
{
    internal override void Write(CopyBuffer copy, in TRow row)
    {
        if (get(row) is { } text)
        {
            copy.Write(text);
        }
        else
        {
            copy.WriteNull();
        }
    }

    internal override (Array Values, NpgsqlDbType Type) ToArray(ReadOnlySpan<TRow> rows, bool takesOctets) =>
        (Select(rows, get), NpgsqlDbType.Array | NpgsqlDbType.Text);
}
