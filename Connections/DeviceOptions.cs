using Connections.Locking;
using Connections.Pooling;
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

    /// <summary>Whether a single connection that is lost is connected again in the background. A pool replaces its workers in any case.</summary>
    public bool Reconnect { get; init; } = true;

    /// <summary>How the device is spared when it is connected to; the name of the device, the clock and the logger are set for each device.</summary>
    public ConnectGovernorOptions Connecting { get; init; } = new();

    /// <summary>
    /// How pools keep their workers; name, device, size, timeout, clock and logger are set for each pool. A worker that is known to be lost
    /// is never leased; after <see cref="WorkerPoolOptions.ValidateAfterIdle"/>, 30 s unless set, its device is asked whether it still
    /// answers, if its class can ask.
    /// </summary>
    public WorkerPoolOptions Pools { get; init; } = new() { ValidateAfterIdle = TimeSpan.FromSeconds(30) };

    /// <summary>What becomes of a wait, for a connection or for a worker of a pool, that is the youngest of a deadlock.</summary>
    public OnDeadlock OnDeadlock { get; init; } = OnDeadlock.Throw;

    /// <summary>
    /// Makes what each connection of the device, also each worker of a pool, enters for a call besides its own lock, so that it excludes callers
    /// of other processes too; null, or a function that gives null, for none. The connection disposes it. <see cref="LockScopes.Open"/> does what testbeds say.
    /// </summary>
    public Func<ConnectionSettings, ILockScope?>? LockScope { get; init; }

    /// <inheritdoc cref="LockOptions.LongHold"/>
    public TimeSpan LongHold { get; init; } = Timeout.InfiniteTimeSpan;
}
