using System.Runtime.InteropServices;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>
/// Makes rows of blocks: the values of a row, which come in any order and in several blocks, are joined by request and index. It keeps the rows of each request until that has ended.
/// </summary>
/// <typeparam name="TRow">A row.</typeparam>
/// <typeparam name="TIndex">Its index.</typeparam>
/// <remarks>Not thread-safe. The blocks of one collection go to one reader, in order.</remarks>
public sealed class TableReader<TRow, TIndex>
    where TRow : struct, ITableRow<TRow, TIndex>
    where TIndex : notnull
{
    private readonly Dictionary<string, Table> _open = [];

    /// <summary>Reads a block, which may be disposed afterwards.</summary>
    /// <returns>The tables of the requests that ended with it.</returns>
    /// <exception cref="ResultBlockException">An index is none, since the block was not written by this library.</exception>
    public IReadOnlyList<TableRows<TRow, TIndex>> Read(ResultBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        foreach (var run in block.Runs)
        {
            var table = TableOf(block.Requests[run.Request].Id);
            foreach (var record in run)
            {
                Add(table, record);
            }
        }

        var ended = new List<TableRows<TRow, TIndex>>();
        foreach (var request in block.Requests)
        {
            if (request.Result is not null)
            {
                var table = TableOf(request.Id);
                _open.Remove(request.Id);
                ended.Add(new(request, table.Rows, table.Failures));
            }
        }

        return ended;
    }

    private static void Add(Table table, ResultRecord record)
    {
        var indexReader = new IndexReader(record.Index);
        var isIndex = TRow.TryParseIndex(ref indexReader, out var index) && (indexReader.IsAtEnd || indexReader.Fail(ParseFailure.TooLong));
        if (!isIndex)
        {
            table.Failures.Add(new(record.Root, record.ToIndex(), record.Type, indexReader.Failure));
            return;
        }

        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(table.Rows, index, out _);
        var reader = new ValueReader(record.Type, record.Value);
        if (!TRow.TrySet(ref row, record.Root, ref reader))
        {
            table.Failures.Add(new(record.Root, record.ToIndex(), record.Type, reader.Failure));
        }
    }

    private Table TableOf(string request)
    {
        ref var table = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, request, out _);
        return table ??= new Table();
    }

    private sealed class Table
    {
        internal Dictionary<TIndex, TRow> Rows { get; } = [];

        internal List<RecordFailure> Failures { get; } = [];
    }
}
