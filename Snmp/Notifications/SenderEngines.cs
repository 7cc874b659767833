using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Notifications;

/// <summary>
/// The engines that have sent signed traps, as many as the capacity allows; the one that was heard longest ago gives way. One thread uses it.
/// </summary>
/// <remarks>
/// An engine gets in by a right signature alone, so that messages with made-up engine IDs take no memory. They take time, and only as much as one signature: the keys of a cipher, some
/// of which take milliseconds to work out, are made afterwards.
/// </remarks>
internal sealed class SenderEngines : IDisposable
{
    private readonly int _capacity;
    private readonly TimeProvider _time;
    private readonly Dictionary<byte[], LinkedListNode<SenderEngine>> _byName = new(OctetComparer.Instance);
    private readonly Dictionary<byte[], LinkedListNode<SenderEngine>>.AlternateLookup<ReadOnlySpan<byte>> _byOctets;
    private readonly LinkedList<SenderEngine> _byUse = [];

    internal SenderEngines(int capacity, TimeProvider time)
    {
        _capacity = capacity;
        _time = time;
        _byOctets = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    internal int Count => _byName.Count;

    /// <summary>Checks the signature of a message of an engine that is authoritative for it.</summary>
    /// <param name="message">A signed message.</param>
    /// <param name="user">Its user, with authentication.</param>
    /// <param name="keys">The keys of the user for the engine, where the signature is right.</param>
    /// <returns>The engine; <see langword="null"/> where the signature is wrong.</returns>
    internal SenderEngine? Authenticate(in SecuredMessage message, SnmpUser user, out UsmKeys? keys)
    {
        var node = _byOctets.TryGetValue(message.EngineId, out var known) ? known : null;
        keys = node?.Value.Find(user);
        if (!IsAuthentic(message, user, keys))
        {
            return null;
        }

        node ??= Add(new SnmpEngineId(message.EngineId));
        keys ??= node.Value.Add(user);
        MoveToFront(node);
        return node.Value;
    }

    public void Dispose()
    {
        foreach (var engine in _byUse)
        {
            engine.Dispose();
        }
    }

    private static bool IsAuthentic(in SecuredMessage message, SnmpUser user, UsmKeys? keys)
    {
        if (keys is not null)
        {
            return keys.IsAuthentic(message);
        }

        using var signing = new UsmKeys(user with { Privacy = PrivacyProtocol.None, PrivacyKey = null }, new SnmpEngineId(message.EngineId));
        return signing.IsAuthentic(message);
    }

    private LinkedListNode<SenderEngine> Add(SnmpEngineId engineId)
    {
        if (_byName.Count == _capacity)
        {
            var oldest = _byUse.Last!;
            _byUse.Remove(oldest);
            _byOctets.Remove(oldest.Value.EngineId.Octets);
            oldest.Value.Dispose();
        }

        var node = _byUse.AddFirst(new SenderEngine(engineId, _time));
        _byName.Add(engineId.Octets.ToArray(), node);
        return node;
    }

    private void MoveToFront(LinkedListNode<SenderEngine> node)
    {
        if (node != _byUse.First)
        {
            _byUse.Remove(node);
            _byUse.AddFirst(node);
        }
    }
}
