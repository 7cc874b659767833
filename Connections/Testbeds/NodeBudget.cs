namespace Connections.Testbeds;

/// <summary>Bounds the size of a testbed, so that a few nested aliases cannot grow into billions of nodes.</summary>
internal sealed class NodeBudget
{
    internal const int MaxNodes = 200_000;

    private int _left = MaxNodes;

    internal void Take(TestbedNode node)
    {
        if (--_left < 0)
        {
            throw TestbedException.At(node, $"the testbed is too large: more than {MaxNodes} values after aliases and references are resolved");
        }
    }
}
