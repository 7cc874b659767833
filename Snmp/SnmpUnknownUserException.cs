namespace Connections.Snmp;

/// <summary>The agent does not know the user (usmStatsUnknownUserNames, RFC 3414 section 3.2).</summary>
public sealed class SnmpUnknownUserException : SnmpAuthenticationException
{
    internal SnmpUnknownUserException(SnmpTarget target)
        : base(target, $"the agent does not know user '{target.Options.User!.Name}'; check the name, and whether the user was created for this agent's engine.")
    {
    }
}
