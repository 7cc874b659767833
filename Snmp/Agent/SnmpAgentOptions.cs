namespace Connections.Snmp.Agent;

/// <summary>How an <see cref="SnmpAgent"/> runs.</summary>
public sealed record SnmpAgentOptions
{
    /// <summary>The agent's name, which its thread bears.</summary>
    public string Name { get; init; } = "agent";

    /// <summary>The clock that the devices' up times go by; latencies go by the system's own, since the agent's thread waits on sockets.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// How many answers may wait for their device's latency at one time, so that a flood of requests to slow devices takes a bounded memory; further ones are dropped and
    /// counted. By default 65,536.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MaxDelayed { get; init => field = Positive(value); } = 65_536;

    /// <summary>Uses the portable transport, and a socket for each device, although this system could share one.</summary>
    internal bool Portable { get; init; }

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        return value;
    }
}
