using Connections.Snmp.Protocol;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Snmp.Engine;

/// <summary>
/// Sends SNMP requests to any number of agents and finds the responses: one thread and one socket per address family, whatever
/// the number of agents, connections and requests. All connections of a process share one engine unless they are given another.
/// </summary>
/// <remarks>
/// Thread-safe. The thread and the sockets come with the first request. Disposing fails all requests that are still under way.
/// </remarks>
public sealed partial class SnmpEngine : IAsyncDisposable
{
    private const int PooledOperations = 16_384;

    private static readonly Lazy<SnmpEngine> SharedEngine = new(static () => new SnmpEngine());

    private readonly SnmpEngineOptions _options;
    private readonly ObjectPool<SendOperation> _sendOperations;
    private readonly ObjectPool<CollectOperation> _collectOperations;
    private readonly RequestTable _table;
    private readonly RequestTable _shortTable = new(RequestId.ShortSequences / 2, isShort: true);
    private readonly EngineMetrics _metrics;

    /// <summary>Makes an engine.</summary>
    /// <param name="options">How it works; the defaults if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of the options is out of its range.</exception>
    public SnmpEngine(SnmpEngineOptions? options = null)
    {
        _options = options ?? new SnmpEngineOptions();
        _options.Validate();
        _table = new RequestTable(_options.MaxInFlight * 2);
        _sendOperations = Pool<SendOperation>(pool => new SendOperation(this, pool));
        _collectOperations = Pool<CollectOperation>(pool => new CollectOperation(this, pool));
        _metrics = new EngineMetrics(this);
        _keeper = new LoopKeeper(TakeLoopOver);
        _ownDeferral = new Deferral(this);
    }

    /// <summary>The engine of all connections that are given none of their own. It lives as long as the process.</summary>
    public static SnmpEngine Shared => SharedEngine.Value;

    /// <summary>What the engine has done so far, and what is under way. The numbers are read one after the other, while it works on.</summary>
    public SnmpEngineStatistics Statistics => new(
        Volatile.Read(ref _counters.Requests),
        Volatile.Read(ref _counters.Retransmissions),
        Volatile.Read(ref _counters.Responses),
        Volatile.Read(ref _counters.Timeouts),
        Volatile.Read(ref _counters.Late),
        Volatile.Read(ref _counters.Foreign),
        Volatile.Read(ref _counters.Unparsable),
        Volatile.Read(ref _counters.Discoveries),
        Volatile.Read(ref _counters.Reports),
        Volatile.Read(ref _counters.Combined),
        Volatile.Read(ref _counters.BytesSent),
        Volatile.Read(ref _counters.BytesReceived),
        _sockets.Sum(static socket => socket.InFlight),
        Volatile.Read(ref _waitingCount));

    /// <summary>Makes a handle on the engine for one agent. It costs nothing: no socket, no thread.</summary>
    /// <param name="target">The agent.</param>
    public SnmpClient CreateClient(SnmpTarget target) => new(this, target);

    /// <inheritdoc cref="ISnmpClient.SendAsync"/>
    /// <param name="target">The agent.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="cancellationToken">Ends the wait at any moment.</param>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    public ValueTask<SnmpResponse> SendAsync(SnmpTarget target, SnmpRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (request.Type == default)
        {
            throw new ArgumentException("The request is empty; make one with SnmpRequest.Get and its kin.", nameof(request));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<SnmpResponse>(cancellationToken);
        }

        if (request.Type == PduType.GetBulk && (target.Version == SnmpVersion.V1 || target.Options.Profile.LacksGetBulk))
        {
            return ValueTask.FromException<SnmpResponse>(NoBulk(target));
        }

        target = target.Trying(request.Attempts);
        if (!TryGetSocket(target, out var socket, out var error))
        {
            return ValueTask.FromException<SnmpResponse>(error);
        }

        var operation = _sendOperations.Get();
        operation.Begin(target, socket, request, Now);
        return Submit(operation, cancellationToken);
    }

    /// <inheritdoc cref="ISnmpClient.CollectAsync"/>
    /// <param name="target">The agent.</param>
    /// <param name="request">The walk, where it stands, and how many replies to take at most.</param>
    /// <param name="cancellationToken">Ends the burst at any moment.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the request is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The engine has been disposed.</exception>
    public ValueTask<WalkResult> CollectAsync(SnmpTarget target, WalkRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<WalkResult>(cancellationToken);
        }

        if (request.Cursor.Rows >= request.MaxRows)
        {
            return ValueTask.FromResult(new WalkResult(new VarBindBuffer(), null));
        }

        target = target.Trying(request.Attempts);
        if (!TryGetSocket(target, out var socket, out var error))
        {
            return ValueTask.FromException<WalkResult>(error);
        }

        var operation = _collectOperations.Get();
        operation.Begin(target, socket, request, Now);
        return Submit(operation, cancellationToken);
    }

    private static SnmpException NoBulk(SnmpTarget target) =>
        new($"{target}: SNMPv1 has no GETBULK, nor have some devices by their profile; use version 2c, or GetNextAsync and WalkAsync.")
        {
            Device = target.Device,
            Alias = target.Alias,
        };

    private static ObjectPool<T> Pool<T>(Func<ObjectPool<T>, T> create)
        where T : class
    {
        var policy = new OperationPolicy<T>(create);
        return policy.Pool = new DefaultObjectPool<T>(policy, PooledOperations);
    }

    private sealed class OperationPolicy<T>(Func<ObjectPool<T>, T> create) : PooledObjectPolicy<T>
        where T : class
    {
        internal ObjectPool<T> Pool { get; set; } = null!;

        public override T Create() => create(Pool);

        // An operation returns itself in its initial state.
        public override bool Return(T obj) => true;
    }
}
