namespace Connections.Snmp;

/// <summary>The agent does not accept the time of any request (usmStatsNotInTimeWindows, RFC 3414 section 3.2), although it was taken from the agent itself.</summary>
public sealed class SnmpNotInTimeWindowException : SnmpAuthenticationException
{
    internal SnmpNotInTimeWindowException(SnmpTarget target)
        : base(target, $"the agent does not accept the time in requests of user '{target.Options.User!.Name}', although it told that itself; its clock may be "
            + "unsteady, or its engine was started so often that it has to be configured anew (RFC 3414 section 2.2.2).")
    {
    }
}
