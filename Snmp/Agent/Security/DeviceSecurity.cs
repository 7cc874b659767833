using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent.Security;

/// <summary>
/// The SNMP engine of a simulated device that speaks SNMPv3: its name, its clock and its users. The agent's thread alone uses it, except for
/// <see cref="CountOf"/>.
/// </summary>
internal sealed class DeviceSecurity : IDisposable
{
    private readonly KnownUser[] _users;
    private int _usersWithoutKeys;

    public DeviceSecurity(SnmpEngineId engineId, IEnumerable<SimulatedUser> users, int maxMessageSize, TimeProvider clock)
    {
        _users = [.. users.Select(user => new KnownUser(user))];
        _usersWithoutKeys = _users.Count(user => user.LacksKeys);
        Authority = new UsmAuthority(engineId, boots: 1, _users.Select(user => user.User), clock) { MaxSize = maxMessageSize };
    }

    public UsmAuthority Authority { get; }

    /// <summary>
    /// Makes the keys that a request needs, unless they are there: localizing a password takes milliseconds, which the other devices of the agent must not wait for.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="hasWaited">
    /// Whether it has waited for that. Only such a one takes the keys into use, so that none that comes just as they are made overtakes it.
    /// </param>
    /// <returns>What the request must wait for; null where it may be answered at once.</returns>
    public Task? PrepareFor(ReadOnlySpan<byte> request, bool hasWaited)
    {
        if (_usersWithoutKeys == 0 || SecuredMessageReader.TryRead(request, out var message) != SnmpParseError.None
            || !message.IsAuthenticated || !message.EngineId.SequenceEqual(Authority.EngineId.Octets)
            || Find(message.UserName) is not { LacksKeys: true } user)
        {
            return null;
        }

        if (!hasWaited)
        {
            return user.MakeKeys(Authority.EngineId);
        }

        user.HandKeysTo(Authority);
        _usersWithoutKeys--;
        return null;
    }

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

    /// <summary>What the user of a message that was accepted may do at its level.</summary>
    public RequestAccess AccessOf(in SecuredMessage message)
    {
        var level = message.Flags & (SecuredFlags.Authenticated | SecuredFlags.Encrypted);
        return Find(message.UserName)!.AccessAt((SecurityLevel)level);
    }

    /// <summary>The counter of a kind of Report; any thread may read it.</summary>
    public uint CountOf(ReportKind kind) => Authority.CountOf(kind);

    public void Dispose() => Authority.Dispose();

    private KnownUser? Find(ReadOnlySpan<byte> name)
    {
        foreach (var user in _users)
        {
            if (user.IsCalled(name))
            {
                return user;
            }
        }

        return null;
    }
}
