using System.Runtime.CompilerServices;

namespace Connections.Locking;

/// <summary>
/// A class whose methods may be marked <see cref="LockedAttribute"/>: the generated bodies call these members and nothing else.
/// <see cref="BaseConnection"/> implements it; a class of another kind may, over a <see cref="ReentrantAsyncLock"/> of its own.
/// </summary>
public interface ILockable
{
    /// <summary>Enters the lock of this object; see <see cref="ReentrantAsyncLock.LockAsync(TimeSpan, CancellationToken, string)"/>.</summary>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="member">The locked method, which diagnostics name.</param>
    ValueTask<Releaser> LockAsync(TimeSpan timeout, CancellationToken cancellationToken, [CallerMemberName] string member = "");

    /// <summary>The synchronous twin of <see cref="LockAsync"/>.</summary>
    Releaser Lock(TimeSpan timeout, CancellationToken cancellationToken, [CallerMemberName] string member = "");

    /// <summary>
    /// Called while the lock is still held, after a locked method threw: makes the object fit for the next caller, or marks it unfit.
    /// </summary>
    ValueTask RecoverAsync(Exception error);

    /// <summary>The synchronous twin of <see cref="RecoverAsync"/>.</summary>
    void Recover(Exception error);

    /// <summary>
    /// Called while the lock is held, before a locked method that is marked <see cref="Pools.ChangesStateAttribute"/>. By default nothing
    /// comes of it.
    /// </summary>
    void MarkStateChanged()
    {
    }
}
