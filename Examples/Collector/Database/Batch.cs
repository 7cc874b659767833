namespace Connections.Collector.Database;

/// <summary>Rows that are stored together, and whoever waits for them. For one user at a time, and used again and again.</summary>
internal sealed class Batch<TRow>(int capacity)
{
    private readonly TRow[] _rows = new TRow[capacity];
    private readonly List<(Insertion Insertion, int Count)> _parts = [];

    internal int Count { get; private set; }

    internal bool IsFull => Count == _rows.Length;

    internal ReadOnlyMemory<TRow> Rows => _rows.AsMemory(0, Count);

    internal void Clear()
    {
        // Rows hold texts and octets.
        _rows.AsSpan(0, Count).Clear();
        _parts.Clear();
        Count = 0;
    }

    /// <summary>Takes as many rows as there is room for.</summary>
    /// <returns>The others.</returns>
    internal RowSlice<TRow> Add(in RowSlice<TRow> slice)
    {
        var taken = Math.Min(slice.Rows.Length, _rows.Length - Count);
        slice.Rows.Span[..taken].CopyTo(_rows.AsSpan(Count));
        _parts.Add((slice.Insertion, taken));
        Count += taken;
        return slice with { Rows = slice.Rows[taken..] };
    }

    /// <summary>The same rows in two batches.</summary>
    internal (Batch<TRow> First, Batch<TRow> Second) Halve()
    {
        var (first, second) = (new Batch<TRow>(Count / 2), new Batch<TRow>(Count - Count / 2));
        var from = 0;
        foreach (var (insertion, count) in _parts)
        {
            var rest = new RowSlice<TRow>(_rows.AsMemory(from, count), insertion);
            from += count;
            if (!first.IsFull)
            {
                rest = first.Add(rest);
            }

            if (rest.Rows.Length > 0)
            {
                second.Add(rest);
            }
        }

        return (first, second);
    }

    /// <summary>Tells that the rows are safe.</summary>
    internal void Confirm()
    {
        foreach (var (insertion, count) in _parts)
        {
            insertion.Confirm(count);
        }
    }

    /// <summary>Tells that the rows cannot be stored.</summary>
    internal void Fail(Exception error)
    {
        foreach (var (insertion, _) in _parts)
        {
            insertion.Fail(error);
        }
    }
}
