namespace Connections.Testbeds;

/// <summary>Bounds the size and the depth of a testbed, so that a few nested aliases or references cannot grow into billions of
/// nodes.</summary>
internal sealed class NodeBudget
{
    internal const int MaxNodes = 200_000;
    internal const int MaxDepth = 64;
    private const int MaxCharacters = 16 * 1024 * 1024;

    private int _nodes = MaxNodes;
    private int _characters = MaxCharacters;

    internal void Take(TestbedNode node) => Take(node, node.Place);

    /// <summary>Accounts for a node that is about to stand at a place.</summary>
    internal void Take(TestbedNode node, NodePath place)
    {
        if (place.Depth > MaxDepth)
        {
            throw TestbedException.At(node, $"nested more than {MaxDepth} levels deep");
        }

        if (--_nodes < 0)
        {
            throw TestbedException.At(node, $"the testbed is too large: more than {MaxNodes} values after aliases and references are resolved");
        }
    }

    /// <summary>Accounts for a text that markup made.</summary>
    internal void TakeText(TestbedNode node, int length)
    {
        Take(node);
        _characters -= length;
        if (_characters < 0)
        {
            throw TestbedException.At(node, $"the testbed is too large: markup makes more than {MaxCharacters / (1024 * 1024)} Mi characters of it");
        }
    }
}
