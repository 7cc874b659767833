using Connections.Snmp.Collection;

namespace Connections.Snmp.Tests.Collection;

public sealed class IndexRangeTests
{
    [TestCase("1-3 3-5", "1-5")]
    [TestCase("7-9 1-3", "1-3 7-9")]
    [TestCase("1-9 2-3", "1-9")]
    [TestCase("1- 2-3", "1-")]
    [TestCase("-5 4-7", "-7")]
    [TestCase("- 4-7", "-")]
    [TestCase("5-6 5.1-5.2", "5-6")]
    public void Ranges_are_sorted_and_merged(string given, string expected) =>
        Assert.That(IndexRange.Merge(Ranges(given)), Is.EqualTo(Ranges(expected)));

    [Test]
    public void An_empty_range_is_refused() =>
        Assert.That(() => IndexRange.Parse("5", "5"), Throws.ArgumentException.With.Message.Contains("5"));

    private static IndexRange[] Ranges(string text) =>
        [.. text.Split(' ').Select(static range => range.Split('-')).Select(static ends => IndexRange.Parse(OrNull(ends[0]), OrNull(ends[1])))];

    private static string? OrNull(string end) => end.Length == 0 ? null : end;
}
