namespace Connections.Harness.Labs;

/// <summary>How long a command may take.</summary>
/// <param name="Queue">The wait for a free worker; null for what the pool says.</param>
/// <param name="Run">A terminal's command; null for what its connection says.</param>
internal readonly record struct CommandTimes(TimeSpan? Queue, TimeSpan? Run);
