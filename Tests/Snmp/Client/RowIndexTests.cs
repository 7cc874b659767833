using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Client;

public sealed class RowIndexTests
{
    private static readonly Oid Column = Oid.Parse("1.3.6.1.2.1.2.2.1.2");

    private static RowIndex Index(params uint[] arcs) => RowIndex.Of(Column, Column.Append(arcs));

    [Test]
    public void An_index_is_what_follows_the_column()
    {
        Assert.That(Index(7, 4_294_967_295).Arcs.ToArray(), Is.EqualTo(new[] { 7u, 4_294_967_295u }));
        Assert.That(Index(7, 1).ToString(), Is.EqualTo("7.1"));
        Assert.That(RowIndex.Of(Column, Column), Is.EqualTo(default(RowIndex)));
        Assert.That(default(RowIndex).ToString(), Is.Empty);
        Assert.That(RowIndex.Of(Oid.Parse("1"), Oid.Parse("1.3.6")).ToString(), Is.EqualTo("3.6"));
    }

    [Test]
    public void What_is_no_instance_of_the_column_is_refused() =>
        Assert.Throws<ArgumentException>(() => RowIndex.Of(Column, Column.Parent.Append(3, 1)));

    [Test]
    public void Indexes_are_ordered_as_an_agent_walks()
    {
        RowIndex[] ordered = [default, Index(1), Index(1, 1), Index(2), Index(10), Index(4_294_967_295)];

        Assert.That(ordered.Reverse().Order(), Is.EqualTo(ordered));
        Assert.That(Index(2) < Index(10) && Index(10) > Index(2) && Index(2) <= Index(2) && Index(2) >= Index(2), Is.True);
    }

    [Test]
    public void Equal_arcs_make_equal_indexes()
    {
        Assert.That(Index(1, 2) == Index(1, 2) && Index(1, 2) != Index(1, 3) && Index(1, 2) != Index(1), Is.True);
        Assert.That(new HashSet<RowIndex> { Index(1, 2), Index(1, 2), Index(2, 1) }, Has.Count.EqualTo(2));
        Assert.That(Index(1).Equals("1"), Is.False);
    }
}
