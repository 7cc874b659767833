using Connections.Snmp.Agent.Security;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent;

public sealed partial class SimulatedDevice
{
    /// <summary>The name of the device's SNMP engine; empty for a device without users, which does not speak SNMPv3.</summary>
    public SnmpEngineId EngineId => Security?.Authority.EngineId ?? default;

    /// <summary>
    /// The engine's seconds since it started (snmpEngineTime, RFC 3414 section 2.2), which are those of <see cref="UpTime"/>. Steps of the clock move both, and a restart
    /// begins both at 0.
    /// </summary>
    public int EngineTime => (int)Math.Min(UpTime.TotalSeconds, int.MaxValue);

    /// <summary>The device's engine; null for a device that does not speak SNMPv3.</summary>
    internal DeviceSecurity? Security { get; }
}
