using Connections.Locking.Deadlocks;
using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// A wait for a lock, or for a worker of a pool, was part of a deadlock: each holder in it waits for what another one holds. The message
/// tells who holds what since when, and who waits for what. The others go on once the catcher has let go of what it holds.
/// </summary>
public sealed class LockDeadlockException : ConnectionException
{
    private LockDeadlockException(string message)
        : base(message) => IsTransient = true;

    /// <summary>Counts and logs a deadlock.</summary>
    /// <returns>What its youngest wait is to fail with; null where deadlocks are only reported.</returns>
    internal static LockDeadlockException? Report(string deadlock, LockOptions options)
    {
        LockMetrics.Deadlocks.Add(1);
        LockLog.Deadlock(options.Logger, deadlock);
        return options.OnDeadlock == OnDeadlock.Report
            ? null
            : new LockDeadlockException(
                $"Deadlock: {deadlock} This wait is the youngest and fails, so that the others can go on once its caller lets go of what it "
                + $"holds. {DeadlockText.Advice}, or wait with a timeout.")
            {
                Alias = options.Alias,
                Device = options.Device,
            };
    }
}
