using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>A request on its way: where its pages go, and what came of it so far.</summary>
internal sealed class CollectJob(CollectRequest request, BlockOutput output, TimeProvider time) : IPageSink
{
    private ResultBlockWriter? _writer;
    private int _generation;
    private int _number;
    private int _pageRecords;
    private long _records;
    private DateTimeOffset _startedAt;
    private long _startedTicks;
    private List<CollectError>? _errors;

    internal CollectRequest Request { get; } = request;

    internal CollectShape Shape => Request.Shape;

    internal CollectQueue Queue { get; set; } = null!;

    /// <summary>What asks the device.</summary>
    internal ValueTask<ISnmpClient> Client { get; set; }

    public bool WantsMore => output.HasRoom;

    public bool ContinuesInline { get; set; }

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
            writer.BeginRun(NumberIn(writer), time.GetUtcNow());
            _pageRecords = 0;
        }
        catch
        {
            output.Exit();
            throw;
        }
    }

    public SnmpParseError TryAdd(int root, ReadOnlySpan<byte> index, SnmpType type, ReadOnlySpan<byte> content)
    {
        _pageRecords++;
        return _writer!.TryAdd(root, index, type, content);
    }

    public void EndPage(bool isKept)
    {
        if (isKept)
        {
            _writer!.EndRun();
            _records += _pageRecords;
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
        TryAdd(root, varBind.Oid.Octets[Shape.Roots[root].Octets.Length..], varBind.Value.Type, MinimalBer.Of(varBind.Value, scratch));
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
        var result = new RequestResult(Outcome(), _records, _startedAt, time.GetElapsedTime(_startedTicks), (IReadOnlyList<CollectError>?)_errors ?? []);
        var writer = output.Enter();
        try
        {
            writer.AddResult(NumberIn(writer), result);
        }
        finally
        {
            output.Exit();
        }

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
