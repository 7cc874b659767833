using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent;

/// <summary>
/// A user of SNMPv3 on a simulated device, and what that user may do there by the level of a request, in place of a view-based access control model (RFC 3415). An
/// <see cref="SnmpUser"/> becomes one that may read and write, at its own level alone.
/// </summary>
/// <param name="User">Name, protocols and secrets. What it says of contexts and engines is not used.</param>
public sealed record SimulatedUser(SnmpUser User)
{
    /// <summary>The least level at which the user may read; below it requests get authorizationError. By default the user's own level.</summary>
    public SecurityLevel ReadLevel { get; init; } = User.Level;

    /// <summary>The least level at which the user may write, below which a SET gets noAccess; null for one who may only read. By default the user's own level.</summary>
    public SecurityLevel? WriteLevel { get; init; } = User.Level;

    /// <summary>A user who may read and write.</summary>
    /// <param name="user">Name, protocols and secrets.</param>
    public static implicit operator SimulatedUser(SnmpUser user) => new(user);

    internal RequestAccess AccessAt(SecurityLevel level)
    {
        if (level < ReadLevel)
        {
            return RequestAccess.None;
        }

        return level >= WriteLevel ? RequestAccess.ReadWrite : RequestAccess.ReadOnly;
    }
}
