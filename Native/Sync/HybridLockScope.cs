using Connections.Locking;

namespace Connections.Native.Sync;

/// <summary>
/// Lets the connections of several processes of this machine take turns: a <see cref="HybridLock"/> as the scope of their locks. A process that is
/// killed inside loses it at once, so that no device stays locked behind it.
/// </summary>
/// <param name="name">The name of the lock; connections that lead to the same thing must have the same.</param>
/// <param name="options">How the lock is made and waited for.</param>
/// <example><c>new DeviceOptions { LockScope = HybridLockScope.Of }</c></example>
public sealed class HybridLockScope(string name, HybridLockOptions? options = null) : ILockScope
{
    private readonly Lock _mutex = new();
    private HybridLock? _lock;
    private HybridLockHold _hold;
    private bool _isDisposed;

    /// <summary>The scope of a connection: the lock <c>DEVICE/VIA</c>. A worker of a pool has none, since its pool is for many calls at once.</summary>
    public static HybridLockScope? Of(ConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.PoolSize is null ? new HybridLockScope($"{settings.DeviceName}/{settings.Via}") : null;
    }

    /// <inheritdoc/>
    public LockHolder? Holder
    {
        get
        {
            var status = Open().Status;
            return status.Owner is { } owner
                ? new LockHolder(owner.ToString(), owner.ToString(), owner.Since, DateTimeOffset.UtcNow - owner.Since, status.Waiters.Count)
                : null;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="SharedMemory.SharedMemoryException">The lock cannot be opened, or is damaged.</exception>
    /// <exception cref="LockDestroyedException">Another process overwrote the lock just now; the next call finds the new one.</exception>
    public async ValueTask EnterAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            _hold = await Open().LockAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (LockDestroyedException)
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Enter(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            _hold = Open().Lock(timeout, cancellationToken);
        }
        catch (LockDestroyedException)
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LockBrokenException">The lock was taken away by hand meanwhile.</exception>
    /// <exception cref="LockDestroyedException">The lock was overwritten meanwhile.</exception>
    public void Leave()
    {
        try
        {
            _hold.Dispose();
        }
        catch (LockDestroyedException)
        {
            Close();
            throw;
        }
    }

    /// <summary>Leaves it if it is entered, and gives up the lock.</summary>
    public void Dispose()
    {
        lock (_mutex)
        {
            _isDisposed = true;
        }

        Close();
    }

    // With the first call only, so that whoever merely has a connection has no lock.
    private HybridLock Open()
    {
        lock (_mutex)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _lock ??= new HybridLock(name, HybridLockMode.ConnectOrCreate, options);
        }
    }

    private void Close()
    {
        lock (_mutex)
        {
            _lock?.Dispose();
            _lock = null;
        }
    }
}
