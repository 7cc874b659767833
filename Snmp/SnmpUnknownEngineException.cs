namespace Connections.Snmp;

/// <summary>The agent says that it is not the SNMP engine that was asked (usmStatsUnknownEngineIDs, RFC 3414 section 3.2).</summary>
public sealed class SnmpUnknownEngineException : SnmpAuthenticationException
{
    internal SnmpUnknownEngineException(SnmpTarget target)
        : base(target, $"the agent is not the engine that user '{target.Options.User!.Name}' was to speak to"
            + (target.Options.User.EngineId.IsEmpty ? ", and names another one each time." : $" ({target.Options.User.EngineId}); check that engine ID, or leave it out, so that it is discovered."))
    {
    }
}
