using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Engine;

// The users of SNMPv3 by whom the device is spoken to. Any thread may ask for one.
internal sealed partial class EngineDevice
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SnmpUser, SecuredUser> _users = [];

    /// <summary>Whether requests of SNMPv3 wait for a discovery or for keys.</summary>
    internal bool HasHeldBack => AllUsers().Any(static user => user.Peer.HasHeldBack);

    internal SecuredUser UserOf(SnmpEngine engine, SnmpUser user)
    {
        lock (_gate)
        {
            if (!_users.TryGetValue(user, out var known))
            {
                known = new SecuredUser(engine, user, PeerOf(user.EngineId));
                _users.Add(user, known);
            }

            return known;
        }
    }

    internal SecuredUser[] AllUsers()
    {
        lock (_gate)
        {
            return [.. _users.Values];
        }
    }

    // A name that was given wrongly must not disturb those who discover it.
    private SecuredPeer PeerOf(SnmpEngineId given) =>
        _users.Values.FirstOrDefault(user => user.Peer.GivenEngineId == given)?.Peer ?? new SecuredPeer(given);
}
