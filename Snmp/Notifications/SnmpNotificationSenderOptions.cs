using Connections.Snmp.Engine;

namespace Connections.Snmp.Notifications;

/// <summary>How a sender works. Immutable.</summary>
public sealed record SnmpNotificationSenderOptions
{
    /// <summary>What sends informs and waits for their acknowledgements; by default the engine that the process shares. The sender does not dispose it.</summary>
    public SnmpEngine? Engine { get; init; }

    /// <summary>
    /// The engine that traps of SNMPv3 are sent as; receivers know it, and its users' keys, by its engine ID (<see cref="SnmpEngineIdentity.Open"/> keeps it). The sender does not
    /// dispose it. By default a new engine ID each time, which only receivers that accept any can use.
    /// </summary>
    public SnmpEngineIdentity? Identity { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Uses the portable sockets although the system has faster calls.</summary>
    internal bool Portable { get; init; }
}
