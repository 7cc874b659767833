namespace Connections.Snmp;

/// <summary>The agent finds the signature of a request wrong (usmStatsWrongDigests, RFC 3414 section 3.2).</summary>
public sealed class SnmpWrongDigestException : SnmpAuthenticationException
{
    internal SnmpWrongDigestException(SnmpTarget target)
        : base(target, $"the agent finds the signature of user '{target.Options.User!.Name}' wrong; check the authentication password or key, "
            + $"and whether the agent has {target.Options.User.Authentication} for this user.")
    {
    }
}
