using System.Diagnostics;
using Connections.Locking;

namespace Connections.Native.Sync;

/// <summary>
/// Lets the connections of several processes of this machine take turns: a <see cref="HybridLock"/> as the scope of their locks. A process that is
/// killed inside loses it at once, so that no device stays locked behind it.
/// </summary>
/// <remarks>Who leaves while another process waits lets that one in before it comes again, so that each has its turn.</remarks>
/// <param name="name">The name of the lock; connections that lead to the same thing must have the same.</param>
/// <param name="options">How the lock is made and waited for.</param>
/// <example><c>new DeviceOptions { LockScope = HybridLockScope.Of }</c> for all connections, <see cref="HostLockScopes.AddHost"/> for those of which a testbed says so.</example>
public sealed class HybridLockScope(string name, HybridLockOptions? options = null) : ILockScope
{
    private const int MostPauses = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Lock _mutex = new();
    private HybridLock? _lock;
    private HybridLockHold _hold;
    private bool _owesTurn;
    private bool _isDisposed;

    /// <summary>
    /// The scope of a connection, whatever its testbed says of sharing: the lock <see cref="LockScopes.NameOf"/>. A worker of a pool has none, since its pool is for
    /// many calls at once.
    /// </summary>
    public static HybridLockScope? Of(ConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.PoolSize is null ? new HybridLockScope(LockScopes.NameOf(settings)) : null;
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
            var opened = Open();
            var began = Stopwatch.GetTimestamp();
            for (var pause = 0; OwesTurn(opened, pause) && IsTimeLeft(timeout, began); pause++)
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }

            _hold = await opened.LockAsync(Remaining(timeout, began), cancellationToken).ConfigureAwait(false);
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
            var opened = Open();
            var began = Stopwatch.GetTimestamp();
            for (var pause = 0; OwesTurn(opened, pause) && IsTimeLeft(timeout, began); pause++)
            {
                cancellationToken.WaitHandle.WaitOne(Pause);
            }

            _hold = opened.Lock(Remaining(timeout, began), cancellationToken);
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
    public ValueTask EnsureInsideAsync(CancellationToken cancellationToken)
    {
        EnsureInside();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="EnsureInsideAsync"/>
    public void EnsureInside() => _hold.EnsureHeld();

    /// <inheritdoc/>
    /// <exception cref="LockBrokenException">The lock was taken away by hand meanwhile.</exception>
    /// <exception cref="LockDestroyedException">The lock was overwritten meanwhile.</exception>
    public void Leave()
    {
        try
        {
            _owesTurn = _lock?.IsWantedByOthers ?? false;
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

    // The one that was woken needs some time to come; nothing tells when it has. One that does not come at all does not hold up the others.
    private bool OwesTurn(HybridLock opened, int pauses) => _owesTurn = _owesTurn && pauses < MostPauses && opened.IsFreeSince(_hold.Generation);

    private static bool IsTimeLeft(TimeSpan timeout, long began) => Remaining(timeout, began) != TimeSpan.Zero;

    private static TimeSpan Remaining(TimeSpan timeout, long began)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return timeout;
        }

        var remaining = timeout - Stopwatch.GetElapsedTime(began);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
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
