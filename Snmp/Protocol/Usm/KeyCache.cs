using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// Keys that take long to work out, as many as the capacity allows; the one that was used longest ago gives way, and is zeroed. Thread-safe.
/// </summary>
internal sealed class KeyCache<TName>(int capacity) where TName : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TName, LinkedListNode<(TName Name, byte[] Key)>> _byName = [];
    private readonly LinkedList<(TName Name, byte[] Key)> _byUse = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byName.Count;
            }
        }
    }

    /// <summary>Copies a key, which must be exactly as long as the destination.</summary>
    public bool TryCopy(TName name, Span<byte> key)
    {
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out var node) || node.Value.Key.Length != key.Length)
            {
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            node.Value.Key.CopyTo(key);
            return true;
        }
    }

    /// <summary>Keeps a copy of a key.</summary>
    public void Keep(TName name, ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            if (_byName.TryGetValue(name, out var known))
            {
                Remove(known);
            }
            else if (_byName.Count == capacity)
            {
                Remove(_byUse.Last!);
            }

            _byName.Add(name, _byUse.AddFirst((name, key.ToArray())));
        }
    }

    private void Remove(LinkedListNode<(TName Name, byte[] Key)> node)
    {
        _byUse.Remove(node);
        _byName.Remove(node.Value.Name);
        CryptographicOperations.ZeroMemory(node.Value.Key);
    }
}
