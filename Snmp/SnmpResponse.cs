using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>What an agent answered to one request. Immutable.</summary>
public readonly struct SnmpResponse
{
    private readonly VarBind[]? _varBinds;
    private readonly SnmpTarget? _target;

    internal SnmpResponse(SnmpTarget target, SnmpErrorStatus errorStatus, int errorIndex, VarBind[] varBinds)
    {
        _target = target;
        _varBinds = varBinds;
        ErrorStatus = errorStatus;
        ErrorIndex = errorIndex;
    }

    /// <summary>Whether the agent reports success.</summary>
    public SnmpErrorStatus ErrorStatus { get; }

    /// <summary>Which varbind the error concerns: the first is 1, 0 is none in particular.</summary>
    public int ErrorIndex { get; }

    /// <summary>The varbinds; a missing object is an exception value in SNMPv2c (<see cref="SnmpValue.IsException"/>).</summary>
    public IReadOnlyList<VarBind> VarBinds => _varBinds ?? [];

    /// <summary>Does nothing if the agent reports success.</summary>
    /// <exception cref="SnmpErrorStatusException">The agent reports an error.</exception>
    public void ThrowIfError()
    {
        if (ErrorStatus != SnmpErrorStatus.NoError)
        {
            throw ToException();
        }
    }

    internal SnmpErrorStatusException ToException() => SnmpErrorStatusException.From(_target, ErrorStatus, ErrorIndex, VarBinds);
}
