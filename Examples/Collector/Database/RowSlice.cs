namespace Connections.Collector.Database;

/// <summary>Rows that wait to be stored, and whoever waits for that.</summary>
internal readonly record struct RowSlice<TRow>(ReadOnlyMemory<TRow> Rows, Insertion Insertion);
