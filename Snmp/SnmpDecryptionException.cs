namespace Connections.Snmp;

/// <summary>The agent cannot decrypt a request (usmStatsDecryptionErrors, RFC 3414 section 3.2). Most agents say nothing instead, so that the request times out.</summary>
public sealed class SnmpDecryptionException : SnmpAuthenticationException
{
    internal SnmpDecryptionException(SnmpTarget target)
        : base(target, $"the agent cannot decrypt the requests of user '{target.Options.User!.Name}'; check the privacy password or key, and whether the agent has "
            + $"{target.Options.User.Privacy} for this user.")
    {
    }
}
