namespace Connections.Locking;

/// <summary>What a <see cref="ReentrantAsyncLock"/> is called in diagnostics, and its clock.</summary>
public sealed record LockOptions
{
    /// <summary>What the lock guards, in words that fit after "the lock of".</summary>
    public string Name { get; init; } = "an object";

    /// <summary>The alias of the connection that it guards, if it guards one.</summary>
    public string? Alias { get; init; }

    /// <summary>The device that it guards, if it guards one.</summary>
    public string? Device { get; init; }

    /// <summary>The clock of timeouts and of diagnostics.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
