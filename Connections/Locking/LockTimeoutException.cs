using System.Globalization;
using Connections.Locking.Deadlocks;
using Connections.Pooling;

namespace Connections.Locking;

/// <summary>A lock was not granted in time. The message names the holder, since when it holds, and the queue.</summary>
public sealed class LockTimeoutException : TimeoutException, IConnectionError
{
    private LockTimeoutException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public string? Alias { get; private init; }

    /// <inheritdoc/>
    public string? Device { get; private init; }

    /// <inheritdoc/>
    public bool IsTransient => true;

    /// <summary>Who held the lock when the wait ended.</summary>
    public LockHolder Holder { get; private init; }

    /// <summary>The error of one who did not get into the scope of the lock in time.</summary>
    internal static LockTimeoutException For(LockFrame frame, TimeSpan waited, ILockScope scope, TimeoutException error)
    {
        if (scope.Holder is { } holder)
        {
            return For(frame, waited, holder, deadlock: null);
        }

        var options = frame.Owner.Options;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{frame.Member} waited {waited.TotalSeconds:0.###} s for the lock of {options.Name}: {error.Message}"), error)
        {
            Alias = options.Alias,
            Device = options.Device,
        };
    }

    internal static LockTimeoutException For(LockFrame frame, TimeSpan waited, LockHolder holder, string? deadlock)
    {
        var options = frame.Owner.Options;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"{frame.Member} waited {waited.TotalSeconds:0.###} s for the lock of {options.Name}: {holder.Member} has held it for "
            + $"{holder.HeldFor.TotalSeconds:0.###} s, and {holder.Waiting} more wait. ")
            + (DeadlockText.OfTimeout(deadlock) ?? $"Give it a longer timeout, or find out why {holder.Member} takes so long.");
        return new(message) { Alias = options.Alias, Device = options.Device, Holder = holder };
    }
}
