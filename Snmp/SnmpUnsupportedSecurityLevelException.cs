namespace Connections.Snmp;

/// <summary>The agent does not let the user use this security level (usmStatsUnsupportedSecLevels, RFC 3414 section 3.2).</summary>
public sealed class SnmpUnsupportedSecurityLevelException : SnmpAuthenticationException
{
    internal SnmpUnsupportedSecurityLevelException(SnmpTarget target)
        : base(target, $"the agent does not let user '{target.Options.User!.Name}' use {target.Options.User.Level}; check which protocols the agent has for this user, "
            + "and give as many here.")
    {
    }
}
