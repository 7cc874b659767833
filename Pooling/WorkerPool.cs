using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Pooling;

/// <summary>
/// A bounded set of workers that are leased first come first served. All members are safe to use from any number of threads
/// and flows at once.
/// </summary>
/// <remarks>
/// <para>Fairness: a request takes a ticket when it asks. A worker that becomes free is handed to the first of those that wait, so
/// no newcomer gets in before them; a request whose worker turns out to be broken, and one that waits for a replacement, keeps its
/// place. Of several idle workers the one used last is used next.</para>
/// <para>Bound: at most <see cref="WorkerPoolOptions.Size"/> workers exist, those under construction counted, until their
/// destruction begins. One that is created in spite of <see cref="ConnectGovernorOptions.AttemptTimeout"/> is not counted while it is under
/// construction, as nothing may hang on it, and is destroyed as soon as it is ready.</para>
/// <para>Workers are created, validated and destroyed for the pool, not for the request that occasioned it: a request that is
/// cancelled or timed out loses no worker and aborts nothing that others wait for. A grant beats a cancel that comes later.</para>
/// <para>Before <see cref="StartAsync"/> a pool creates workers as they are asked for; after it, it keeps up
/// <see cref="WorkerPoolOptions.MinSize"/> of them, which is its full size unless set. Idle workers beyond that, and those that have lived or
/// served long enough, are destroyed as <see cref="WorkerPoolOptions"/> says, but never while they are leased.</para>
/// <para>While no worker is alive after <see cref="WorkerPoolOptions.MaxCreateFailures"/> failures in a row, and the next attempt is some time
/// off, a request is refused at once with <see cref="ConnectFailedException"/>, whatever its timeout: it need not wait to learn that. A failure that is not
/// transient counts as so many; see <see cref="IWorkerPolicy{T}.CreateAsync"/>.</para>
/// </remarks>
/// <typeparam name="T">The class of the workers.</typeparam>
public sealed partial class WorkerPool<T> : IAsyncDisposable, IObservedPool
    where T : class
{
    // Guards all state below. No code of a policy or of a waiter ever runs inside it.
    private readonly Lock _gate = new();
    private readonly IWorkerPolicy<T> _policy;
    private readonly WorkerPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ConnectGovernor _governor;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly CancellationToken _lifetimeToken;

    private WorkerSlot<T>? _idle;
    private WaiterQueue<T> _waiters;
    private long _lastTicket;
    private volatile bool _closing;

    /// <summary>Makes a pool without any worker.</summary>
    /// <param name="policy">What creates, checks, cleans and destroys the workers.</param>
    /// <param name="options">Name, size and times.</param>
    /// <exception cref="ArgumentException">The options ask for a <see cref="WorkerPoolOptions.MinSize"/> above the size.</exception>
    public WorkerPool(IWorkerPolicy<T> policy, WorkerPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(options);
        if (options.MinSize > options.Size)
        {
            throw new ArgumentException($"The pool '{options.Name}' cannot keep up {options.MinSize} workers with a size of {options.Size}: make the size larger, or ask for fewer.", nameof(options));
        }

        _policy = policy;
        _options = options;
        _time = options.TimeProvider;
        _lifetimeToken = _lifetime.Token;
        _governor = options.Governor ?? new ConnectGovernor(
            new ConnectGovernorOptions { Device = options.Device, TimeProvider = _time, Logger = options.Logger });
        _backoff = new Backoff(_governor, Retry);
        _spares = new DefaultObjectPoolProvider { MaximumRetained = MaxSpareWaiters }.Create(new WaiterFactory(this));
        _validatesAlways = options.ValidateAfterIdle == TimeSpan.Zero;
        _timesIdling = !_validatesAlways || options.IdleTimeout != Timeout.InfiniteTimeSpan;
        _slots = new WorkerSlot<T>[options.Size];
        for (var i = 0; i < _slots.Length; i++)
        {
            Vacate(_slots[i] = new WorkerSlot<T>(this));
        }

        Metrics = new PoolMetrics(options.Name, options.Device);
        PoolGauges.Add(this);
        _upkeep = BeginUpkeep();
    }

    /// <summary>What the pool was made with.</summary>
    public WorkerPoolOptions Options => _options;

    /// <summary>Leases a worker, waiting up to <see cref="WorkerPoolOptions.Timeout"/> for one.</summary>
    /// <param name="cancellationToken">Gives the request up, unless it is granted first.</param>
    /// <param name="holder">Who asks, for the errors that name who holds the workers; the calling member unless given.</param>
    /// <returns>The lease, to be disposed exactly once. The task is to be awaited, once.</returns>
    /// <exception cref="PoolTimeoutException">No worker became free in time.</exception>
    /// <exception cref="ConnectFailedException">No worker is alive, and creating one failed <see cref="WorkerPoolOptions.MaxCreateFailures"/> times in a row.</exception>
    /// <exception cref="PoolClosedException">The pool is closing or closed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first; the exception carries it.</exception>
    public ValueTask<WorkerLease<T>> LeaseAsync(CancellationToken cancellationToken = default, [CallerMemberName] string holder = "") =>
        LeaseCoreAsync(_options.Timeout, holder, cancellationToken);

    /// <summary>Leases a worker, waiting up to <paramref name="timeout"/> for one.</summary>
    /// <param name="timeout">
    /// Queueing, creating and validating together: from zero (take a free worker or fail) to 49 days, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </param>
    /// <param name="cancellationToken">Gives the request up, unless it is granted first.</param>
    /// <param name="holder">Who asks, for the errors that name who holds the workers; the calling member unless given.</param>
    /// <inheritdoc cref="LeaseAsync(CancellationToken, string)"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    public ValueTask<WorkerLease<T>> LeaseAsync(
        TimeSpan timeout, CancellationToken cancellationToken = default, [CallerMemberName] string holder = "")
    {
        WorkerPoolOptions.CheckTime(timeout, nameof(timeout));
        return LeaseCoreAsync(timeout, holder, cancellationToken);
    }

    /// <summary>Leases a worker for one call, and returns it however the call ends.</summary>
    /// <param name="state">What <paramref name="body"/> needs, so that it can be static and nothing is captured.</param>
    /// <param name="body">What to do with the worker; it must not keep it.</param>
    /// <param name="cancellationToken">Gives the request up while it waits; then it is the body's.</param>
    /// <param name="holder">Who asks, for the errors that name who holds the workers; the calling member unless given.</param>
    /// <returns>What the body returned. What the body throws passes through.</returns>
    /// <inheritdoc cref="LeaseAsync(CancellationToken, string)" path="/exception"/>
    public async ValueTask<TResult> RunAsync<TState, TResult>(
        TState state,
        Func<T, TState, CancellationToken, ValueTask<TResult>> body,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string holder = "")
    {
        ArgumentNullException.ThrowIfNull(body);
        using var lease = await LeaseCoreAsync(_options.Timeout, holder, cancellationToken).ConfigureAwait(false);
        return await body(lease.Worker, state, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The state of the pool now. Costs time in proportion to its size.</summary>
    public PoolStatistics GetStatistics()
    {
        lock (_gate)
        {
            return Snapshot();
        }
    }

    internal PoolMetrics Metrics { get; }

    PoolMetrics IObservedPool.Metrics => Metrics;

    /// <summary>Leases a worker for a holder that is more than a name; its text is its name.</summary>
    internal ValueTask<WorkerLease<T>> LeaseCoreAsync(TimeSpan timeout, object holder, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<WorkerLease<T>>(cancellationToken);
        }

        var waiter = Ask(new Request(holder, timeout, CaptureStack(), Blocks: false), out var lease);
        return waiter is null ? new ValueTask<WorkerLease<T>>(lease) : waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Leases an idle worker that is well, or queues.</summary>
    /// <returns>What is to be waited for; <see langword="null"/> if there is a lease.</returns>
    private Waiter<T>? Ask(in Request request, out WorkerLease<T> lease)
    {
        var now = Moment.Now(_time, PoolMetrics.TimesUse);
        WorkerSlot<T>? slot;
        Waiter<T>? waiter = null;
        WorkerSlot<T>? checkable = null;
        long ticket;
        lock (_gate)
        {
            ticket = ++_lastTicket;
            slot = _waiters.IsEmpty ? TakeIdle() : null;
            if (slot is null)
            {
                waiter = Refusal() is { } refusal ? Refused(request, ticket, refusal) : Enqueue(request, ticket, out checkable);
            }
            else
            {
                slot.Lease(ticket, request.Holder, request.Stack, ++_granted, now);
            }
        }

        lease = default;
        if (slot is null)
        {
            Check(checkable);
            return waiter;
        }

        if (_validatesAlways || HasIdledLong(slot))
        {
            var validation = Validate(slot.Worker);
            if (!validation.IsCompletedSuccessfully)
            {
                return Requeue(slot, validation, request, ticket);
            }

            if (!validation.Result)
            {
                return Requeue(slot, new ValueTask<bool>(false), request, ticket);
            }
        }

        lease = new WorkerLease<T>(slot, ticket, TimeSpan.Zero);
        return null;
    }

    private StackTrace? CaptureStack() => _options.CaptureStacks ? CurrentStack() : null;

    // No frame of the pool is skipped but its own: any of the others may have been inlined, and the borrower's would go instead.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static StackTrace CurrentStack() => new(skipFrames: 1, fNeedFileInfo: true);

    private PoolStatistics Snapshot()
    {
        var idle = 0;
        for (var slot = _idle; slot is not null; slot = slot.Next)
        {
            idle++;
        }

        return new PoolStatistics
        {
            Size = _slots.Length,
            MinSize = _minimum,
            Idle = idle,
            Busy = _live - idle,
            Creating = _creating,
            Waiting = _waiters.Count,
            Served = _granted - _revoked,
            Cancelled = _cancelled,
            TimedOut = _timedOut,
            Created = _created,
            CreateFailures = _createFailures,
            Broken = _broken,
            Retired = _retired,
            Leaked = _leaked,
            LongestQueued = _longestQueued,
            LastCreateError = _lastCreateError,
            RetryAfter = _backoff.Remaining,
        };
    }
}
