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

    /// <summary>The node that stands furthest down on the way to an OID, read straight from its content octets.</summary>
    /// <param name="oid">The OID.</param>
    /// <param name="octetsUsed">How many octets the node's own OID takes; 0 where it is a root, which shares its octet with the arc after it.</param>
    internal MibNode? FindNearest(in Oid oid, out int octetsUsed)
    {
        octetsUsed = 0;
        var octets = oid.Octets;
        var position = 0;
        if (!EncodedOid.TryReadSubIdentifier(octets, ref position, out var joint))
        {
            return null;
        }

        var places = _places;
        var root = (uint)Math.Min(joint / 40, 2);
        var at = FindChild(places, 0, root);
        if (at < 0 || oid.IsSingleArc)
        {
            return at < 0 ? null : places[at].Node;
        }

        var nearest = places[at].Node;
        at = FindChild(places, at, (uint)(joint - (root * 40)));
        while (at >= 0)
        {
            if (places[at].Node is { } node)
            {
                (nearest, octetsUsed) = (node, position);
            }

            if (position == octets.Length)
            {
                break;
            }

            at = FindChild(places, at, ReadArc(octets, ref position));
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

    // Most arcs are a single octet.
    private static uint ReadArc(ReadOnlySpan<byte> octets, ref int position)
    {
        if (octets[position] < 0x80)
        {
            return octets[position++];
        }

        _ = EncodedOid.TryReadSubIdentifier(octets, ref position, out var arc);
        return (uint)arc;
    }

    private static int FindChild(Place[] places, int parent, uint arc)
    {
        ref readonly var place = ref places[parent];
        var guess = arc - place.FirstChildArc;
        if (guess < (uint)place.ChildCount && places[place.FirstChild + (int)guess].Arc == arc)
        {
            return place.FirstChild + (int)guess;
        }

        return Search(places, place.FirstChild, place.FirstChild + place.ChildCount - 1, arc);
    }

    private static int Search(Place[] places, int low, int high, uint arc)
    {
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

        // The arc of the first child, so that finding a child reads no memory but the child's own.
        internal uint FirstChildArc;
        internal int FirstChild;
        internal int ChildCount;
        internal MibNode? Node;
    }
}
