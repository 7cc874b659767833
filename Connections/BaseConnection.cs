using System.Runtime.CompilerServices;
using Connections.Locking;
using Connections.Pooling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections;

/// <summary>
/// One management connection to a device. A class for a kind of connection derives from it, overrides <see cref="OpenAsync"/> and
/// <see cref="CloseAsync"/>, and marks the methods that talk to the device <see cref="LockedAttribute"/>, so that any number of concurrent
/// callers take turns on it.
/// </summary>
/// <remarks>
/// Thread-safe. Connecting, disconnecting and every locked method hold the connection's lock, which a call chain may enter again. Every
/// I/O step of a class must have a timeout: the base waits for it and never cuts it short, except in <see cref="DisposeAsync"/>.
/// </remarks>
public abstract partial class BaseConnection : ILockable, IAsyncDisposable
{
    private readonly TimeProvider _timeProvider;
    private ReentrantAsyncLock _lock;
    private ILogger _logger = NullLogger.Instance;
    private volatile ConnectionState _state;

    /// <summary>Makes a connection that is not connected yet.</summary>
    /// <param name="settings">Where it leads and how.</param>
    /// <param name="timeProvider">The clock of the lock; the system's by default.</param>
    protected BaseConnection(ConnectionSettings settings, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _lock = NewLock(new DeviceOptions());
    }

    /// <summary>
    /// Raised after each change of state, in the flow that changed it and before its call goes on; what a handler throws is logged. A
    /// handler may read, but must not wait for anything: the connection's lock may be held.
    /// </summary>
    public event EventHandler<ConnectionStateChangedEventArgs>? StateChanged;

    /// <summary>Where the connection leads and how.</summary>
    public ConnectionSettings Settings { get; }

    /// <summary>The name by which callers ask for the connection.</summary>
    public string Alias => Settings.Alias;

    /// <summary>The name under which the testbed defines the connection.</summary>
    public string Via => Settings.Via;

    /// <summary>The device that the connection belongs to; null for one made by hand.</summary>
    public Device? Device { get; private set; }

    /// <summary>Where the connection is in its life. May change at any moment; to be sure of it, hold the lock.</summary>
    public ConnectionState State => _state;

    /// <summary>Whether calls can be made.</summary>
    public bool IsConnected => _state == ConnectionState.Connected;

    /// <summary>Who holds the connection's lock, of this process; null if nobody does.</summary>
    public LockHolder? Holder => _lock.Holder;

    /// <summary>What faulted the connection, or kept it from being connected; null while it is well.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Enters the connection's lock, to make several calls that nobody comes between.</summary>
    /// <inheritdoc cref="ReentrantAsyncLock.LockAsync(CancellationToken, string)"/>
    public ValueTask<Releaser> LockAsync(CancellationToken cancellationToken = default, [CallerMemberName] string member = "") =>
        _lock.LockAsync(cancellationToken, member);

    /// <summary>Enters the connection's lock within a time, to make several calls that nobody comes between.</summary>
    /// <inheritdoc cref="ReentrantAsyncLock.LockAsync(TimeSpan, CancellationToken, string)"/>
    public ValueTask<Releaser> LockAsync(
        TimeSpan timeout, CancellationToken cancellationToken = default, [CallerMemberName] string member = "") =>
        _lock.LockAsync(timeout, cancellationToken, member);

    /// <summary>The alias and the device, as messages name them.</summary>
    public sealed override string ToString() => $"connection '{Alias}' of device '{Settings.DeviceName}'";

    /// <summary>What is being done about a connection that was lost, in words that follow its name; null if nothing is.</summary>
    internal string? Outlook { get; set; }

    /// <summary>Makes the connection one of a device's. To be called before anyone uses it.</summary>
    internal void AttachTo(Device device)
    {
        Device = device;
        _logger = device.Options.LoggerFactory.CreateLogger(GetType());
        _lock = NewLock(device.Options);
    }

    /// <summary>Makes the connection ready for calls; called with the lock held, never while connected.</summary>
    /// <param name="cancellationToken">Ends the attempt; what was opened so far must be closed.</param>
    protected abstract Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Ends the connection; called with the lock held. Must bear a connection that is broken or half open, and must not throw for that.</summary>
    protected abstract Task CloseAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Brings the connection back to the state that it had after connecting: in step with its device after a call was cut short, so that the
    /// next caller does not read what was meant for this one, and without what a method marked
    /// <see cref="Pools.ChangesStateAttribute"/> has changed. Called with the lock held. If it throws, the connection is faulted. By default
    /// it throws: a class that cannot do this must be connected anew.
    /// </summary>
    protected virtual Task ResetAsync(CancellationToken cancellationToken) =>
        throw new ConnectionLostException(
            $"The {this} cannot be brought back to the state after connecting; connect it again.")
        {
            Alias = Alias,
            Device = Settings.DeviceName,
        };

    /// <summary>
    /// Whether the device still answers, for a class that can ask it cheaply; true by default. Called with the lock held, for a worker of a
    /// pool that was idle for <see cref="WorkerPoolOptions.ValidateAfterIdle"/>; false, or an error, has it replaced.
    /// </summary>
    protected virtual Task<bool> CheckHealthAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>
    /// Whether an error of a locked method may have left an answer on its way that the next caller would read. By default: cancellations,
    /// timeouts and I/O errors. A class without such state returns false.
    /// </summary>
    protected virtual bool LeavesOutOfStep(Exception error) =>
        error is OperationCanceledException or TimeoutException or IOException or System.Net.Sockets.SocketException or ConnectionLostException;

    /// <summary>Ends the I/O of a call that is stuck, without the lock; called once, when the connection is disposed.</summary>
    protected virtual void Abort()
    {
    }

    /// <summary>Throws unless calls can be made; the first line of a locked method's core.</summary>
    /// <exception cref="NotConnectedException">The connection is not connected; the message says why, and what to do.</exception>
    protected void EnsureConnected()
    {
        if (IsConnected)
        {
            return;
        }

        var reason = _state switch
        {
            ConnectionState.Disposed => "has been disposed",
            _ when Outlook is { } outlook => $"{outlook} ({LastError?.Message ?? "lost"})",
            ConnectionState.Faulted => $"is out of order ({LastError?.Message ?? "lost"}); connect it again with ConnectAsync",
            ConnectionState.Connecting => "is still being connected",
            _ => "is not connected; call ConnectAsync first",
        };
        throw new NotConnectedException($"The {this} {reason}.", LastError) { Alias = Alias, Device = Settings.DeviceName };
    }

    private ReentrantAsyncLock NewLock(DeviceOptions options) => new(new LockOptions
    {
        Name = ToString(),
        Alias = Alias,
        Device = Settings.DeviceName,
        TimeProvider = _timeProvider,
        OnDeadlock = options.OnDeadlock,
        LongHold = options.LongHold,
        Scope = options.LockScope?.Invoke(Settings),
        ScopeTimeout = Settings.PoolTimeout ?? Timeout.InfiniteTimeSpan,
        Logger = _logger,
    });

    ValueTask<Releaser> ILockable.LockAsync(TimeSpan timeout, CancellationToken cancellationToken, string member) =>
        _lock.LockAsync(timeout, cancellationToken, member);

    Releaser ILockable.Lock(TimeSpan timeout, CancellationToken cancellationToken, string member) =>
        _lock.Lock(timeout, cancellationToken, member);
}
