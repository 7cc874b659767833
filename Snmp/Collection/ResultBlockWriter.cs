using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>
/// Writes one <see cref="ResultBlock"/>: requests, runs of records of one request and one time, and how requests ended, in pooled memory. Once it is
/// complete the writer is as new, for the next block.
/// </summary>
/// <remarks>Not thread-safe. A record costs its octets and no object.</remarks>
public sealed partial class ResultBlockWriter : IDisposable
{
    /// <summary>How large a block is to be, in octets: past this, <see cref="IsFull"/>.</summary>
    public const int UsualLength = 256 * 1024;

    // A page that arrives when a block is nearly full goes into it whole.
    private const int PageRoom = 80 * 1024;

    private const int FirstRequestCapacity = 16;

    private readonly List<BlockTables.RequestEntry> _requests = new(FirstRequestCapacity);
    private readonly List<CollectShape> _shapes = [];
    private readonly Dictionary<ulong, int> _shapeNumbers = [];
    private readonly List<(int Request, RequestResult Result)> _results = [];
    private BlockBuffer _buffer;
    private int _tablesLength;
    private int _runStart = -1;
    private int _runRequest;
    private int _runRecords;
    private int _records;
    private int _runs;
    private bool _isDisposed;

    /// <summary>Makes a writer.</summary>
    public ResultBlockWriter() => Reset();

    /// <summary>How many octets the block has by now, about.</summary>
    public int Length => _buffer.Length + _tablesLength;

    /// <summary>How many records the block has by now.</summary>
    public int RecordCount => _records;

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => _requests.Count == 0;

    /// <summary>Whether the block has reached <see cref="UsualLength"/>, so that it is better completed than written to.</summary>
    public bool IsFull => Length >= UsualLength;

    /// <summary>Which block of this writer's the present one is: numbers of requests hold for one block.</summary>
    internal int Generation { get; private set; }

    /// <summary>Names a request that records or an end follow of.</summary>
    /// <param name="id">The request's own name, of at most 1,024 octets in UTF-8.</param>
    /// <param name="target">The device that is asked, of at most 1,024 octets in UTF-8.</param>
    /// <param name="shape">What it is asked for.</param>
    /// <returns>The number that stands for it in this block.</returns>
    /// <exception cref="ArgumentException">A text is too long.</exception>
    /// <exception cref="InvalidOperationException">The block would grow past <see cref="ResultBlock.MaxLength"/>.</exception>
    public int AddRequest(string id, string target, CollectShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var (idLength, targetLength) = (BlockText.Measure(id, nameof(id)), BlockText.Measure(target, nameof(target)));
        ThrowIfPast(BlockLayout.RequestHeaderLength + idLength + targetLength);
        var entry = new BlockTables.RequestEntry(id, target, NumberOf(shape), idLength, targetLength);
        _tablesLength += entry.Length;
        _requests.Add(entry);
        return _requests.Count - 1;
    }

    /// <summary>Begins a run: records of one request that came at one time, such as those of one reply.</summary>
    /// <param name="request">What <see cref="AddRequest"/> returned.</param>
    /// <param name="timestamp">When they came; kept to the microsecond.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such request.</exception>
    /// <exception cref="InvalidOperationException">The run before was not ended.</exception>
    public void BeginRun(int request, DateTimeOffset timestamp)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)request, (uint)_requests.Count, nameof(request));
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_runStart >= 0)
        {
            throw new InvalidOperationException("The run before was not ended.");
        }

        _runStart = _buffer.Length;
        _runRequest = request;
        _runRecords = 0;
        var header = _buffer.Take(BlockLayout.RunHeaderLength);
        header.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(header[BlockLayout.RunRequestAt..], request);
        BinaryPrimitives.WriteInt64LittleEndian(header[BlockLayout.RunTimestampAt..], BlockText.ToMicroseconds(timestamp));
    }

    /// <summary>Adds a record to the run.</summary>
    /// <param name="root">Which root of the request's shape it belongs to.</param>
    /// <param name="index">What follows the root in its name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape has no such root.</exception>
    /// <exception cref="InvalidOperationException">No run was begun, or the block would grow past <see cref="ResultBlock.MaxLength"/>.</exception>
    [SkipLocalsInit]
    public void Add(int root, OidIndex index, in SnmpValue value)
    {
        ThrowIfNoRun(root);
        Span<byte> scratch = stackalloc byte[MinimalBer.Scratch];
        var octets = MinimalBer.Of(value, scratch);
        ThrowIfPast(BlockLayout.RecordHeaderLength + index.Octets.Length + octets.Length);
        AddRecord(root, index.Octets, value.Type, octets);
    }

    /// <summary>Ends the run. One without records leaves nothing behind.</summary>
    /// <exception cref="InvalidOperationException">No run was begun.</exception>
    public void EndRun()
    {
        ThrowIfNoRun(0);
        if (_runRecords == 0)
        {
            CancelRun();
            return;
        }

        var run = _buffer.Written[_runStart..];
        BinaryPrimitives.WriteInt32LittleEndian(run, run.Length - BlockLayout.RunHeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(run[BlockLayout.RunRecordCountAt..], _runRecords);
        _records += _runRecords;
        _runs++;
        _runStart = -1;
    }

    /// <summary>Tells how a request ended, once for each.</summary>
    /// <param name="request">What <see cref="AddRequest"/> returned.</param>
    /// <param name="result">How it ended.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such request.</exception>
    /// <exception cref="InvalidOperationException">The block would grow past <see cref="ResultBlock.MaxLength"/>.</exception>
    public void AddResult(int request, in RequestResult result)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)request, (uint)_requests.Count, nameof(request));
        var length = BlockLayout.OutcomeHeaderLength;
        if (result.Errors.Count > 0)
        {
            length += result.Errors.Sum(static error => BlockLayout.ErrorHeaderLength + BlockText.MeasureMessage(error.Message));
        }

        ThrowIfPast(length);
        _tablesLength += length;
        _results.Add((request, result));
    }

    /// <summary>Gives the memory back. What was written is lost.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _buffer.Release();
    }

    /// <summary>Adds a record of a varbind that a peer sent.</summary>
    /// <param name="root">Which root of the request's shape it belongs to.</param>
    /// <param name="rootLength">How many octets of its name are the root.</param>
    /// <param name="varBind">The varbind, whose name is canonical.</param>
    /// <returns>Why it has no value; then nothing was added.</returns>
    internal SnmpParseError TryAdd(int root, int rootLength, in VarBindSlice varBind)
    {
        Debug.Assert(_runStart >= 0, "A record belongs to a run.");
        if (!MinimalBer.IsMinimal(varBind.Type, varBind.Value))
        {
            return TryAddMended(root, rootLength, varBind);
        }

        AddRecord(root, varBind.Name[rootLength..], varBind.Type, varBind.Value);
        return SnmpParseError.None;
    }

    /// <summary>Takes the run back that was begun last.</summary>
    internal void CancelRun()
    {
        _buffer.Length = _runStart;
        _runStart = -1;
    }

    // Apart, so that the usual way needs no scratch on its stack.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private SnmpParseError TryAddMended(int root, int rootLength, in VarBindSlice varBind)
    {
        Span<byte> scratch = stackalloc byte[MinimalBer.Scratch];
        var error = MinimalBer.TryMend(varBind.Type, varBind.Value, scratch, out var minimal);
        if (error == SnmpParseError.None)
        {
            AddRecord(root, varBind.Name[rootLength..], varBind.Type, minimal);
        }

        return error;
    }

    private void AddRecord(int root, ReadOnlySpan<byte> index, SnmpType type, ReadOnlySpan<byte> value)
    {
        var record = _buffer.Take(BlockLayout.RecordHeaderLength + index.Length + value.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(record, (ushort)root);
        record[BlockLayout.RecordTypeAt] = (byte)type;
        record[BlockLayout.RecordFlagsAt] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(record[BlockLayout.RecordIndexLengthAt..], (ushort)index.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[BlockLayout.RecordValueLengthAt..], value.Length);
        index.CopyTo(record[BlockLayout.RecordHeaderLength..]);
        value.CopyTo(record[(BlockLayout.RecordHeaderLength + index.Length)..]);
        _runRecords++;
    }

    private int NumberOf(CollectShape shape)
    {
        if (!_shapeNumbers.TryGetValue(shape.Id, out var number))
        {
            number = _shapes.Count;
            _shapes.Add(shape);
            _shapeNumbers.Add(shape.Id, number);
            _tablesLength += BlockTables.Measure(shape);
        }

        return number;
    }

    private void ThrowIfNoRun(int root)
    {
        if (_runStart < 0)
        {
            throw new InvalidOperationException("No run was begun.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)root, (uint)_shapes[_requests[_runRequest].Shape].Roots.Count, nameof(root));
    }

    private void ThrowIfPast(int more)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Length + more > ResultBlock.MaxLength)
        {
            throw new InvalidOperationException($"The block would grow past {ResultBlock.MaxLength} octets; complete it, and write on in the next one.");
        }
    }

    private void Reset()
    {
        _requests.Clear();
        _shapes.Clear();
        _shapeNumbers.Clear();
        _results.Clear();
        _buffer = new BlockBuffer(UsualLength + PageRoom, BlockLayout.HeaderLength + BlockLayout.SectionHeaderLength);
        _tablesLength = BlockTables.FixedLength;
        _records = _runs = 0;
        _runStart = -1;
        Generation++;
    }
}
