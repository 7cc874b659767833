namespace Connections.Collector.Database;

/// <summary>A table: its name, its columns, and which of them are its key.</summary>
internal sealed record Table<TRow>(string Name, IReadOnlyList<Column<TRow>> Columns, IReadOnlyList<string> Key)
{
    internal string KeyNames => string.Join(", ", Key);

    internal string ColumnNames => string.Join(", ", Columns.Select(static column => column.Name));
}
