using Connections.Locking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections;

/// <summary>How the connections of a device behave and where they report, whatever they lead to. Immutable.</summary>
public sealed record DeviceOptions
{
    /// <summary>Where connections, locks and pools report; nowhere by default. Secrets never get there.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock of pools and of reconnecting; connections bring their own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What becomes of a wait, for a connection or for a worker of a pool, that is the youngest of a deadlock.</summary>
    public OnDeadlock OnDeadlock { get; init; } = OnDeadlock.Throw;

    /// <inheritdoc cref="LockOptions.LongHold"/>
    public TimeSpan LongHold { get; init; } = Timeout.InfiniteTimeSpan;
}
