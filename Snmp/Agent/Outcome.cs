using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>The error-status and error-index of a response.</summary>
internal readonly record struct Outcome(SnmpErrorStatus Status, int Index = 0)
{
    public static Outcome Success => default;

    public static Outcome TooBig => new(SnmpErrorStatus.TooBig);
}
