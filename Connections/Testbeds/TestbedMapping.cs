using System.Diagnostics.CodeAnalysis;

namespace Connections.Testbeds;

/// <summary>Keys and values, in the order in which they were written. Keys are case-sensitive.</summary>
public sealed class TestbedMapping : TestbedNode
{
    private readonly OrderedDictionary<string, TestbedNode> _entries;

    internal TestbedMapping(OrderedDictionary<string, TestbedNode> entries, string file, int line, NodePath path)
        : base(file, line, path) => _entries = entries;

    /// <summary>The keys and their values.</summary>
    public IReadOnlyDictionary<string, TestbedNode> Entries => _entries;

    internal override string Kind => "a mapping";

    /// <summary>Looks a key up.</summary>
    /// <param name="key">The key, case-sensitive.</param>
    /// <param name="node">Its value.</param>
    /// <returns>Whether the key is there.</returns>
    public bool TryGet(string key, [NotNullWhen(true)] out TestbedNode? node) => _entries.TryGetValue(key, out node);

    internal override TestbedNode MoveTo(NodePath path, NodeBudget budget)
    {
        budget.Take(this, path);
        var entries = new OrderedDictionary<string, TestbedNode>(_entries.Count, StringComparer.Ordinal);
        foreach (var (key, value) in _entries)
        {
            entries.Add(key, value.MoveTo(path.Key(key), budget));
        }

        return new TestbedMapping(entries, File, Line, path);
    }

    /// <summary>The same keys in the same place, with what is made of each value.</summary>
    internal TestbedMapping WithValues(Func<TestbedNode, TestbedNode> make)
    {
        var entries = new OrderedDictionary<string, TestbedNode>(_entries.Count, StringComparer.Ordinal);
        foreach (var (key, value) in _entries)
        {
            entries.Add(key, make(value));
        }

        return new TestbedMapping(entries, File, Line, Place);
    }
}
