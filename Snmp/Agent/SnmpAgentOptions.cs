namespace Connections.Snmp.Agent;

/// <summary>How an <see cref="SnmpAgent"/> runs.</summary>
public sealed record SnmpAgentOptions
{
    /// <summary>The agent's name, which its thread bears.</summary>
    public string Name { get; init; } = "agent";

    /// <summary>The clock that the devices' up times go by; latencies go by the system's own, since the agent's thread waits on sockets.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Uses the portable transport, and a socket for each device, although this system could share one.</summary>
    internal bool Portable { get; init; }
}
