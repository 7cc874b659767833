namespace Connections.Testbeds;

/// <summary>Lays one testbed over another, as <c>extends</c> does.</summary>
internal static class Overlay
{
    /// <summary>Mappings are merged key by key; anything else under a key of both is that of the upper one, a null too.</summary>
    internal static TestbedMapping Merge(TestbedMapping lower, TestbedMapping upper)
    {
        var entries = new OrderedDictionary<string, TestbedNode>(StringComparer.Ordinal);
        foreach (var (key, value) in lower.Entries)
        {
            entries.Add(key, value);
        }

        foreach (var (key, value) in upper.Entries)
        {
            entries[key] = entries.TryGetValue(key, out var below) && below is TestbedMapping under && value is TestbedMapping over
                ? Merge(under, over)
                : value;
        }

        return new TestbedMapping(entries, upper.File, upper.Line, upper.Place);
    }
}
