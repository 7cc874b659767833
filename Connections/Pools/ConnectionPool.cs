using Connections.Locking;
using Connections.Pooling;
using Microsoft.Extensions.Logging;

namespace Connections.Pools;

/// <summary>
/// Identical connections under one alias: each call goes to a free worker, first come first served. Made by the
/// <see cref="ConnectionManager"/> for a connection that has a pool size. Thread-safe.
/// </summary>
public sealed partial class ConnectionPool : IManagedConnection
{
    private readonly Device _device;
    private readonly WorkerPolicy _policy;
    private readonly ReentrantAsyncLock _lifeCycle;
    private volatile WorkerPool<BaseConnection>? _workers;

    internal ConnectionPool(ConnectionSettings settings, Type workerType, Func<BaseConnection> create, Device device)
    {
        Settings = settings;
        WorkerType = workerType;
        _device = device;
        _policy = new WorkerPolicy(create, device.Options.Pools.ValidateAfterIdle, device.Options.TimeProvider);
        _lifeCycle = new ReentrantAsyncLock(new LockOptions
        {
            Name = ToString(),
            Alias = settings.Alias,
            Device = settings.DeviceName,
            TimeProvider = device.Options.TimeProvider,
            OnDeadlock = device.Options.OnDeadlock,
            Logger = device.Options.LoggerFactory.CreateLogger<ConnectionPool>(),
        });
    }

    /// <summary>How long disconnecting waits for the calls in progress before it closes their workers.</summary>
    public static TimeSpan DrainTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>What all workers have in common.</summary>
    public ConnectionSettings Settings { get; }

    /// <summary>Whether calls can be made.</summary>
    public bool IsConnected => _workers is not null;

    /// <summary>What the pool has done and is doing, since it was last connected.</summary>
    /// <exception cref="NotConnectedException">The pool is not connected.</exception>
    public PoolStatistics Statistics => ConnectedWorkers().GetStatistics();

    /// <summary>
    /// Replaces all workers, for example after the device got other software: idle ones at once, leased ones when they are returned.
    /// </summary>
    /// <exception cref="NotConnectedException">The pool is not connected.</exception>
    public void Clear() => ConnectedWorkers().Clear();

    /// <summary>The class of the workers.</summary>
    internal Type WorkerType { get; }

    /// <summary>The alias and the device, as messages name them.</summary>
    public override string ToString() => $"pool '{Settings.Alias}' of device '{Settings.DeviceName}'";

    bool IManagedConnection.IsConnected => IsConnected;

    ConnectionStatus IManagedConnection.Status =>
        new(Settings.Alias, IsConnected ? ConnectionState.Connected : ConnectionState.Disconnected, Settings.PoolSize, Holder: null);

    async Task IManagedConnection.ConnectAsync(CancellationToken cancellationToken)
    {
        using var releaser = await _lifeCycle.LockAsync(cancellationToken, nameof(IManagedConnection.ConnectAsync)).ConfigureAwait(false);
        if (_workers is not null)
        {
            return;
        }

        var workers = new WorkerPool<BaseConnection>(_policy, _device.Options.Pools with
        {
            Name = Settings.Alias,
            Device = Settings.DeviceName,
            Size = Settings.PoolSize ?? 1,
            Timeout = Settings.PoolTimeout ?? _device.Options.Pools.Timeout,
            TimeProvider = LockOptions.TimeProvider,
            Logger = LockOptions.Logger,
            ValidateAfterIdle = TimeSpan.Zero,
            FirstAlone = _device.Options.Pools.FirstAlone || Settings.Credentials?.Password is not null,
            Governor = _device.Governor,
            Explain = frame => Explain((LeaseFrame)frame),
        });
        try
        {
            await workers.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await workers.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _workers = workers;
    }

    async Task IManagedConnection.DisconnectAsync(CancellationToken cancellationToken)
    {
        using var releaser = await _lifeCycle.LockAsync(cancellationToken, nameof(IManagedConnection.DisconnectAsync)).ConfigureAwait(false);
        await CloseAsync(DrainTimeout).ConfigureAwait(false);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        using var releaser = await _lifeCycle.LockAsync().ConfigureAwait(false);
        await CloseAsync(TimeSpan.Zero).ConfigureAwait(false);
        await _policy.DisposeAsync().ConfigureAwait(false);
    }

    TClient IManagedConnection.Get<TClient>()
    {
        EnsureUsableAs<TClient>();
        return PoolFacades.Create(new ConnectionPool<TClient>(this));
    }

    ValueTask<ConnectionLease<TClient>> IManagedConnection.LeaseAsync<TClient>(TimeSpan? timeout, string member, CancellationToken cancellationToken)
    {
        EnsureUsableAs<TClient>();
        return LeaseFrame.FindHeld(this) is { } held
            ? ConnectionLease<TClient>.OfLockAsync(held.Worker, (TClient)(object)held.Worker, timeout, member, cancellationToken)
            : CompleteAsync(EnterAsync(timeout, member, cancellationToken));

        static async ValueTask<ConnectionLease<TClient>> CompleteAsync(ValueTask<LeaseFrame> entered)
        {
            var frame = await entered.ConfigureAwait(false);
            return new ConnectionLease<TClient>((TClient)(object)frame.Worker, frame);
        }
    }

    /// <summary>Leases a worker. Not async, so that the frame becomes current in the caller's own flow, before it is granted.</summary>
    internal ValueTask<LeaseFrame> EnterAsync(TimeSpan? timeout, string member, CancellationToken cancellationToken)
    {
        var workers = ConnectedWorkers();
        var limit = timeout ?? workers.Options.Timeout;
        WorkerPoolOptions.CheckTime(limit, nameof(timeout));
        var frame = new LeaseFrame(this, AmbientFrame.Current, member, hasTimeout: limit != Timeout.InfiniteTimeSpan);
        var lease = workers.LeaseCoreAsync(limit, frame, cancellationToken);
        if (!lease.IsCompleted)
        {
            WatchForDeadlocks();
        }

        frame.AddToFlow();
        return GrantAsync(frame, lease);
    }

    private static async ValueTask<LeaseFrame> GrantAsync(LeaseFrame frame, ValueTask<WorkerLease<BaseConnection>> lease)
    {
        try
        {
            frame.Grant(await lease.ConfigureAwait(false));
            return frame;
        }
        catch
        {
            frame.End();
            throw;
        }
    }

    private async Task CloseAsync(TimeSpan drain)
    {
        if (_workers is { } workers)
        {
            _workers = null;
            await workers.CloseAsync(drain).ConfigureAwait(false);
        }
    }

    private WorkerPool<BaseConnection> ConnectedWorkers() =>
        _workers ?? throw new NotConnectedException($"The {this} is not connected; call ConnectAsync first.")
        {
            Alias = Settings.Alias,
            Device = Settings.DeviceName,
        };

    private void EnsureUsableAs<TClient>()
    {
        if (!typeof(TClient).IsAssignableFrom(WorkerType))
        {
            throw new ConnectionException(
                $"The workers of the {this} are {WorkerType.Name}, which is no {typeof(TClient).Name}. Ask for what they are, or for another alias.")
            {
                Alias = Settings.Alias,
                Device = Settings.DeviceName,
            };
        }
    }
}
