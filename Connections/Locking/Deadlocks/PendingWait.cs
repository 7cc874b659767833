using System.Globalization;

namespace Connections.Locking.Deadlocks;

/// <summary>A waiter and the frame that it waits for, as they were at one moment. Frames only move forward in their life, so the same pair seen twice stood all the time between.</summary>
internal readonly record struct PendingWait(LockWaiter Waiter, LockFrame Holder)
{
    /// <summary>The wait in words.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Waiter.Member} has waited {Waiter.Waited.TotalSeconds:0.###} s for the lock of {Waiter.Owner.Options.Name}, "
        + $"which {Holder.Member} has held for {Holder.HeldFor.TotalSeconds:0.###} s");
}
