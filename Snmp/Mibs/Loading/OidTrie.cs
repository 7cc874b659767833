using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>
/// Finds the node of an OID arc by arc. The children of a place stand side by side in one array, in the order of their arcs, and mostly without a gap, so that a
/// child is found where its arc says; else it is searched for by halves.
/// </summary>
internal sealed class OidTrie
{
    private readonly Place[] _places;

    /// <summary>Makes it of nodes in the order of their OIDs; of several nodes of one OID the first is the one that is found.</summary>
    internal OidTrie(IReadOnlyList<MibNode> nodes) => _places = TrieBuilder.Build(nodes);

    /// <summary>The node that stands furthest down on the way to an OID.</summary>
    internal MibNode? FindNearest(in Oid oid)
    {
        var places = _places;
        MibNode? nearest = null;
        var at = 0;
        var reader = new OidArcReader(oid.Octets, oid.IsSingleArc);
        while (reader.TryRead(out var arc))
        {
            at = FindChild(places, at, arc);
            if (at < 0)
            {
                break;
            }

            nearest = places[at].Node ?? nearest;
        }

        return nearest;
    }

    /// <summary>The arc of the child of an OID that has this name.</summary>
    internal uint? FindChild(in Oid oid, ReadOnlySpan<char> name)
    {
        var at = 0;
        var reader = new OidArcReader(oid.Octets, oid.IsSingleArc);
        while (at >= 0 && reader.TryRead(out var arc))
        {
            at = FindChild(_places, at, arc);
        }

        if (at >= 0)
        {
            foreach (var child in _places.AsSpan(_places[at].FirstChild, _places[at].ChildCount))
            {
                if (child.Node is { } node && name.SequenceEqual(node.Name))
                {
                    return child.Arc;
                }
            }
        }

        return null;
    }

    private static int FindChild(Place[] places, int parent, uint arc)
    {
        var low = places[parent].FirstChild;
        var high = low + places[parent].ChildCount - 1;
        if (high < low)
        {
            return -1;
        }

        var guess = low + (long)arc - places[low].Arc;
        if (guess >= low && guess <= high && places[guess].Arc == arc)
        {
            return (int)guess;
        }

        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var found = places[middle].Arc;
            if (found == arc)
            {
                return middle;
            }

            if (found < arc)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    internal struct Place
    {
        internal uint Arc;
        internal int FirstChild;
        internal int ChildCount;
        internal MibNode? Node;
    }
}
