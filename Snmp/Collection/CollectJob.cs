using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>A request on its way: where its pages go, and what came of it so far. Once one has succeeded, the object serves another.</summary>
internal sealed class CollectJob(BlockOutput output, TimeProvider time) : IPageSink
{
    private ResultBlockWriter? _writer;
    private int _generation;
    private int _number;
    private int _pageRecords;
    private long _records;
    private DateTimeOffset _startedAt;
    private long _startedTicks;
    private TimeSpan? _lastPageAfter;
    private List<CollectError>? _errors;
    private RequestResult? _result;

    internal CollectRequest Request { get; private set; } = null!;

    internal CollectShape Shape => Request.Shape;

    internal CollectQueue Queue { get; private set; } = null!;

    /// <summary>What asks the device.</summary>
    internal ValueTask<ISnmpClient> Client { get; private set; }

    /// <summary>Whether nothing went wrong so far.</summary>
    internal bool HasSucceeded => _errors is null;

    public bool WantsMore => output.HasRoom;

    public bool ContinuesInline { get; set; }

    /// <summary>Whether its only page is all that it has, so that its end is written with it.</summary>
    internal bool EndsWithItsPage { get; set; }

    internal void Take(CollectRequest request, CollectQueue queue, ValueTask<ISnmpClient> client)
    {
        Request = request;
        Queue = queue;

        // One that is there may be looked at again and again.
        Client = client.IsCompletedSuccessfully ? new ValueTask<ISnmpClient>(client.Result) : client;
        ContinuesInline = false;
        _writer = null;
        _records = 0;
        _lastPageAfter = null;
        _errors = null;
        _result = null;
        EndsWithItsPage = false;
    }

    internal void Start()
    {
        _startedAt = time.GetUtcNow();
        _startedTicks = time.GetTimestamp();
    }

    public void BeginPage()
    {
        var writer = output.Enter();
        try
        {
            var elapsed = time.GetElapsedTime(_startedTicks);
            writer.BeginRun(NumberIn(writer), _startedAt + elapsed);
            _lastPageAfter = elapsed;
            _pageRecords = 0;
        }
        catch
        {
            output.Exit();
            throw;
        }
    }

    public SnmpParseError TryAdd(int root, int rootLength, in VarBindSlice varBind)
    {
        _pageRecords++;
        return _writer!.TryAdd(root, rootLength, varBind);
    }

    public void EndPage(bool isKept)
    {
        if (isKept)
        {
            _writer!.EndRun();
            _records += _pageRecords;
            if (EndsWithItsPage)
            {
                _result = WriteEnd(_writer);
            }
        }
        else
        {
            _writer!.CancelRun();
        }

        output.Exit();
    }

    /// <summary>Writes a value that a client returned instead of a page of its own.</summary>
    internal void Add(int root, in VarBind varBind)
    {
        Span<byte> scratch = stackalloc byte[MinimalBer.Scratch];
        TryAdd(root, Shape.Roots[root].Octets.Length, new VarBindSlice(varBind.Oid.Octets, varBind.Value.Type, MinimalBer.Of(varBind.Value, scratch)));
    }

    internal void AddError(CollectError error)
    {
        // Ranges that are walked at once may fail at once.
        var created = new List<CollectError>(1);
        var errors = Interlocked.CompareExchange(ref _errors, created, null) ?? created;
        lock (errors)
        {
            errors.Add(error);
        }
    }

    /// <summary>Writes how the request ended.</summary>
    internal RequestResult End()
    {
        if (_result is { } written)
        {
            return written;
        }

        var writer = output.Enter();
        try
        {
            return WriteEnd(writer);
        }
        finally
        {
            output.Exit();
        }
    }

    private RequestResult WriteEnd(ResultBlockWriter writer)
    {
        // What succeeds ends with its last page.
        var elapsed = _errors is null && _lastPageAfter is { } page ? page : time.GetElapsedTime(_startedTicks);
        var result = new RequestResult(Outcome(), _records, _startedAt, elapsed, (IReadOnlyList<CollectError>?)_errors ?? []);
        writer.AddResult(NumberIn(writer), result);
        return result;
    }

    private CollectOutcome Outcome()
    {
        if (_errors is null)
        {
            return CollectOutcome.Succeeded;
        }

        return _records > 0 ? CollectOutcome.DoneWithErrors : CollectOutcome.Failed;
    }

    private int NumberIn(ResultBlockWriter writer)
    {
        if (!ReferenceEquals(writer, _writer) || writer.Generation != _generation)
        {
            _number = writer.AddRequest(Request.Id, Request.Target, Shape);
            _writer = writer;
            _generation = writer.Generation;
        }

        return _number;
    }
}
