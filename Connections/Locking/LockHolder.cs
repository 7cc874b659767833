namespace Connections.Locking;

/// <summary>Who holds a lock at a moment, and how many wait for it.</summary>
/// <param name="Member">The member that entered the lock.</param>
/// <param name="HeldFor">How long it has been inside.</param>
/// <param name="Waiting">How many wait to enter after it, those inside its own scope not counted.</param>
public readonly record struct LockHolder(string Member, TimeSpan HeldFor, int Waiting);
