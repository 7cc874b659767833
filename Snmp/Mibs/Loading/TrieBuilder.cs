using System.Collections.Immutable;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Mibs.Loading;

/// <summary>Lays the places of an <see cref="OidTrie"/> out level by level, and tells each node what is above and below it.</summary>
internal static class TrieBuilder
{
    internal static OidTrie.Place[] Build(IReadOnlyList<MibNode> nodes)
    {
        var arcs = ArcsOf(nodes);
        var places = new List<OidTrie.Place>(nodes.Count + 64) { default };
        var levels = new Queue<Branch>();
        levels.Enqueue(new Branch(0, 0, nodes.Count, 0, null));
        var below = new Dictionary<MibNode, ImmutableArray<MibNode>.Builder>(ReferenceEqualityComparer.Instance);
        while (levels.TryDequeue(out var branch))
        {
            Expand(branch, nodes, arcs, places, levels, below);
        }

        foreach (var (node, children) in below)
        {
            node.Children = children.DrainToImmutable();
        }

        ShareAmongEquals(nodes);
        return [.. places];
    }

    /// <summary>Puts the children of a place behind all that are there already.</summary>
    private static void Expand(
        Branch branch,
        IReadOnlyList<MibNode> nodes,
        uint[][] arcs,
        List<OidTrie.Place> places,
        Queue<Branch> levels,
        Dictionary<MibNode, ImmutableArray<MibNode>.Builder> below)
    {
        var first = places.Count;
        for (var start = branch.Start; start < branch.End;)
        {
            var arc = arcs[start][branch.Depth];
            var end = start + 1;
            while (end < branch.End && arcs[end][branch.Depth] == arc)
            {
                end++;
            }

            // The shortest OID comes first; the nodes of one OID stand together.
            var node = arcs[start].Length == branch.Depth + 1 ? nodes[start] : null;
            var deeper = start;
            while (deeper < end && arcs[deeper].Length == branch.Depth + 1)
            {
                nodes[deeper++].Parent = branch.Above;
            }

            if (node is not null && branch.Above is { } above)
            {
                Below(above, below).Add(node);
            }

            levels.Enqueue(new Branch(places.Count, deeper, end, branch.Depth + 1, node ?? branch.Above));
            places.Add(new OidTrie.Place { Arc = arc, Node = node });
            start = end;
        }

        if (places.Count > first)
        {
            var place = places[branch.Place];
            (place.FirstChild, place.FirstChildArc, place.ChildCount) = (first, places[first].Arc, places.Count - first);
            places[branch.Place] = place;
        }
    }

    private static ImmutableArray<MibNode>.Builder Below(MibNode above, Dictionary<MibNode, ImmutableArray<MibNode>.Builder> below)
    {
        if (!below.TryGetValue(above, out var children))
        {
            below.Add(above, children = ImmutableArray.CreateBuilder<MibNode>());
        }

        return children;
    }

    private static void ShareAmongEquals(IReadOnlyList<MibNode> nodes)
    {
        for (var i = 1; i < nodes.Count; i++)
        {
            if (nodes[i].Oid == nodes[i - 1].Oid)
            {
                nodes[i].Children = nodes[i - 1].Children;
            }
        }
    }

    private static uint[][] ArcsOf(IReadOnlyList<MibNode> nodes)
    {
        var arcs = new uint[nodes.Count][];
        for (var i = 0; i < arcs.Length; i++)
        {
            arcs[i] = new uint[nodes[i].Oid.Count];
            nodes[i].Oid.CopyTo(arcs[i]);
        }

        return arcs;
    }

    /// <summary>The nodes from a start to an end, which share their first arcs, and the place that stands for these.</summary>
    private readonly record struct Branch(int Place, int Start, int End, int Depth, MibNode? Above);
}
