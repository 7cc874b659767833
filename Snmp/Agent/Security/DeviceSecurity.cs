using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent.Security;

/// <summary>
/// The SNMP engine of a simulated device that speaks SNMPv3: its name, its clock and its users. The agent's thread alone uses it, except for
/// <see cref="CountOf"/>.
/// </summary>
internal sealed class DeviceSecurity : IDisposable
{
    private readonly SimulatedUser[] _users;

    public DeviceSecurity(SnmpEngineId engineId, IEnumerable<SimulatedUser> users, int maxMessageSize, TimeProvider clock)
    {
        _users = [.. users];
        Authority = new UsmAuthority(engineId, boots: 1, _users.Select(user => user.User), clock) { MaxSize = maxMessageSize };
    }

    public UsmAuthority Authority { get; }

    /// <summary>Lets the engine's clock go by the device's, which may have been restarted or moved since.</summary>
    public void Synchronize(SimulatedDevice device) => Authority.Restart(device.Boots, device.UpTime);

    /// <summary>Lets the clock tell a time that no manager may take for the present, until <see cref="Synchronize"/>.</summary>
    public void FallBehind()
    {
        const int Distance = 2 * UsmPeer.Window;
        var time = Authority.Time;
        var isUpLongEnough = time >= Distance;
        Authority.Restart(
            isUpLongEnough ? Authority.Boots : Authority.Boots - 1, TimeSpan.FromSeconds(isUpLongEnough ? time - Distance : time));
    }

    /// <summary>What a user of this engine may do at the level of a message.</summary>
    public RequestAccess AccessOf(SnmpUser user, SecurityLevel level)
    {
        foreach (var known in _users)
        {
            if (ReferenceEquals(known.User, user))
            {
                return known.AccessAt(level);
            }
        }

        return RequestAccess.None;
    }

    /// <summary>The counter of a kind of Report; any thread may read it.</summary>
    public uint CountOf(ReportKind kind) => Authority.CountOf(kind);

    public void Dispose() => Authority.Dispose();
}
