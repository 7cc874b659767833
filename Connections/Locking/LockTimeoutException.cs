using System.Globalization;
using Connections.Locking.Deadlocks;
using Connections.Pooling;

namespace Connections.Locking;

/// <summary>A lock was not granted in time. The message names the holder, since when it holds, and the queue.</summary>
public sealed class LockTimeoutException : TimeoutException, IConnectionError
{
    private LockTimeoutException(string message)
        : base(message)
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
