namespace Connections.Locking;

/// <summary>Who holds a lock at a moment, and how many wait for it.</summary>
/// <param name="Member">The member that entered the lock.</param>
/// <param name="Flow">The members through which its flow came there, the outermost first: the scopes and leases that it holds, then <paramref name="Member"/>.</param>
/// <param name="Since">When it entered, to some milliseconds.</param>
/// <param name="HeldFor">How long it has been inside, to some milliseconds.</param>
/// <param name="Waiting">How many wait to enter after it, those inside its own scope not counted.</param>
public readonly record struct LockHolder(string Member, string Flow, DateTimeOffset Since, TimeSpan HeldFor, int Waiting);
