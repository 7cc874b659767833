using Connections.Locking;
using Connections.Locking.Deadlocks;
using Connections.Pooling;

namespace Connections.Pools;

/// <summary>
/// A worker that a flow has leased, or waits for. Calls to the same pool made inside it find it in the flow's chain of frames, and go to
/// its worker, so that a pool cannot wait for itself.
/// </summary>
internal sealed class LeaseFrame : AmbientFrame, IWait
{
    private readonly bool _hasTimeout;
    private readonly long _askedAt;
    private WorkerLease<BaseConnection> _lease;
    private BaseConnection? _used;
    private int _ended;

    public LeaseFrame(ConnectionPool pool, AmbientFrame? outer, string member, bool hasTimeout)
        : base(outer)
    {
        Pool = pool;
        Member = member;
        _hasTimeout = hasTimeout;
        _askedAt = Time.GetTimestamp();
    }

    /// <inheritdoc/>
    public override string Member { get; }

    /// <inheritdoc/>
    public override TimeSpan HeldFor => State == FrameState.Pending ? TimeSpan.Zero : _lease.Held;

    AmbientFrame IWait.Frame => this;

    string IWait.Wanted => $"a worker of the {Pool}";

    bool IWait.MayBeBroken => !_hasTimeout && Waited >= Pool.LockOptions.DeadlockGrace;

    /// <summary>How long ago it was asked for.</summary>
    public TimeSpan Waited => Time.GetElapsedTime(_askedAt);

    /// <summary>The worker; once granted.</summary>
    public BaseConnection Worker => _used = _lease.Worker;

    /// <summary>The order of asking among all leases of the pool; once granted.</summary>
    public long Ticket => _lease.Ticket;

    /// <summary>How long the flow waited for the worker; once granted.</summary>
    public TimeSpan Queued => _lease.Queued;

    /// <summary>The order of granting among all leases of the pool; once granted.</summary>
    public long GrantOrder => _lease.GrantOrder;

    /// <summary>The worker of this pool that the calling flow holds.</summary>
    public static LeaseFrame? FindHeld(ConnectionPool pool)
    {
        for (var frame = Current; frame is not null; frame = frame.Outer)
        {
            if (frame is LeaseFrame { State: FrameState.Held } lease && ReferenceEquals(lease.Pool, pool))
            {
                return lease;
            }
        }

        return null;
    }

    private ConnectionPool Pool { get; }

    private TimeProvider Time => Pool.LockOptions.TimeProvider;

    bool IWait.OnDeadlock(string deadlock) =>
        LockDeadlockException.Report(deadlock, Pool.LockOptions) is { } error && Pool.TryFail(this, error);

    /// <summary>The name of the holder in what the pool says.</summary>
    public override string ToString() => Member;

    public void Grant(WorkerLease<BaseConnection> lease)
    {
        _lease = lease;
        State = FrameState.Held;
    }

    /// <summary>Returns the worker, or gives up waiting for one; a second call does nothing.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        var wasHeld = State == FrameState.Held;
        State = FrameState.Ended;
        RemoveFromFlow();
        if (wasHeld)
        {
            Return();
        }
    }

    private void Return()
    {
        if (_used is { } worker)
        {
            worker.LastUsed = Moment.Now(Time, exactly: false);
            if (!worker.IsConnected)
            {
                _lease.MarkBroken();
            }

            if (worker.HasChangedState)
            {
                _lease.MarkChanged();
            }
        }

        _lease.Dispose();
    }
}
