using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Notifications;

/// <summary>An engine that sends signed traps, for which it is authoritative: its clock, which all of its users share, and the keys of each. One thread uses it.</summary>
internal sealed class SenderEngine : IDisposable
{
    private readonly List<UsmKeys> _keys = [];

    internal SenderEngine(SnmpEngineId engineId, TimeProvider time)
    {
        Clock = new UsmPeer(time);
        Clock.Rename(engineId);
    }

    internal UsmPeer Clock { get; }

    internal SnmpEngineId EngineId => Clock.EngineId;

    internal UsmKeys? Find(SnmpUser user)
    {
        foreach (var keys in _keys)
        {
            if (ReferenceEquals(keys.User, user))
            {
                return keys;
            }
        }

        return null;
    }

    internal UsmKeys Add(SnmpUser user)
    {
        var keys = new UsmKeys(user, EngineId);
        _keys.Add(keys);
        return keys;
    }

    public void Dispose() => _keys.ForEach(static keys => keys.Dispose());
}
