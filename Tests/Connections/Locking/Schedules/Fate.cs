namespace Connections.Tests.Locking.Schedules;

/// <summary>What has become of an entry.</summary>
internal enum Fate
{
    Waiting,
    Held,
    Left,
    Cancelled,
    TimedOut,
    Deadlocked,
}
