namespace Connections.Snmp;

/// <summary>The agent does not have the context that was asked, or not now (snmpUnknownContexts and snmpUnavailableContexts, RFC 3413 section 4.1.2).
/// Some agents say nothing instead, so that the request times out.</summary>
public sealed class SnmpUnknownContextException : SnmpException
{
    internal SnmpUnknownContextException(SnmpTarget target, bool isKnown)
        : base($"{target}: the agent {(isKnown ? "does not have" : "does not know")} the context '{target.Options.User!.ContextName}' "
            + $"that user '{target.Options.User.Name}' asks for{(isKnown ? " at present" : "")}; check its name and the context engine ID.")
    {
        Device = target.Device;
        Alias = target.Alias;
        ContextName = target.Options.User.ContextName;
        IsTransient = isKnown;
    }

    /// <summary>The context.</summary>
    public string ContextName { get; }
}
