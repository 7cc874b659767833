namespace Connections.Testbeds;

/// <summary>A list.</summary>
public sealed class TestbedSequence : TestbedNode
{
    internal TestbedSequence(IReadOnlyList<TestbedNode> items, string file, int line, NodePath path)
        : base(file, line, path) => Items = items;

    /// <summary>The items, in order.</summary>
    public IReadOnlyList<TestbedNode> Items { get; }

    internal override string Kind => "a list";

    internal override TestbedNode MoveTo(NodePath path, NodeBudget budget)
    {
        budget.Take(this, path);
        return new TestbedSequence([.. Items.Select((item, index) => item.MoveTo(path.Index(index), budget))], File, Line, path);
    }

    /// <summary>A list in the same place of what is made of each item.</summary>
    internal TestbedSequence WithItems(Func<TestbedNode, TestbedNode> make) => new([.. Items.Select(make)], File, Line, Place);
}
