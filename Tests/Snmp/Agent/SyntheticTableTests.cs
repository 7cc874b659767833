using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class SyntheticTableTests : AgentFixture
{
    private static readonly Oid Root = new SyntheticTable { Rows = 0, Columns = 0 }.Entry;

    [TestCase(0, 5)]
    [TestCase(5, 0)]
    [TestCase(7, 9)]
    [TestCase(1_000, 20)]
    public void A_table_has_a_cell_for_each_row_and_column(int rows, int columns)
    {
        var data = new SyntheticTable { Rows = rows, Columns = columns }.ToData();

        Assert.That(data, Has.Count.EqualTo(rows * columns));
        Assert.That(data.Select(variable => variable.Oid.StartsWith(Root)), Is.All.True);
    }

    [Test]
    public void The_same_description_alone_gives_the_same_values()
    {
        var table = new SyntheticTable { Rows = 20, Columns = 8, Seed = 3, Sparseness = 0.3 };

        Assert.That((table with { }).ToData(), Is.EqualTo(table.ToData()));
        Assert.That((table with { Seed = 4 }).ToData(), Is.Not.EqualTo(table.ToData()));
        Assert.That(table.ToData(), Has.Count.InRange(80, 144));
    }

    [Test]
    public void Columns_that_end_early_get_shorter_one_by_one()
    {
        var data = new SyntheticTable { Rows = 10, Columns = 5, EndsEarly = true }.ToData();

        Assert.That(data.GroupBy(variable => variable.Oid[Root.Count]).Select(column => column.Count()), Is.EqualTo(new[] { 10, 8, 6, 4, 2 }));
    }

    [Test]
    public void A_checksum_tells_what_was_lost_came_twice_or_was_changed_but_not_the_order()
    {
        var varBinds = new SyntheticTable { Rows = 10, Columns = 8 }.Variables().Select(variable => new VarBind(variable.Oid, variable.Value)).ToList();
        var whole = VarBindChecksum.Of(varBinds);

        Assert.That(VarBindChecksum.Of(Enumerable.Reverse(varBinds)), Is.EqualTo(whole));
        Assert.That(VarBindChecksum.Of(varBinds.Skip(1)), Is.Not.EqualTo(whole));
        Assert.That(VarBindChecksum.Of([.. varBinds.Skip(1), varBinds[^1]]), Is.Not.EqualTo(whole));
        Assert.That(VarBindChecksum.Of([.. varBinds.Skip(1), varBinds[0] with { Value = SnmpValue.Null }]), Is.Not.EqualTo(whole));
        Assert.That(VarBindChecksum.Of([.. varBinds.Skip(1), varBinds[0] with { Oid = Root }]), Is.Not.EqualTo(whole));
    }

    [TestCase(0, false)]
    [TestCase(0.4, false)]
    [TestCase(0, true)]
    public async Task A_walk_over_a_bad_wire_comes_to_the_checksum_of_the_agent(double sparseness, bool endsEarly)
    {
        var device = Agent.Add(new SimulatedDeviceOptions
        {
            Name = "lossy",
            Data = new SyntheticTable { Rows = 200, Columns = 10, Sparseness = sparseness, EndsEarly = endsEarly }.ToData(),
            Loss = 0.1,
            Seed = 7,
            Faults = new DeviceFaults { ReplyLoss = 0.1, Duplication = 0.1, Reordering = 0.1, Truncation = 0.1, Garbage = 0.1, WrongRequestId = 0.1, ShortPages = 0.5 },
        });
        await using var engine = new SnmpEngine();
        var options = new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 30, Backoff = 1 };
        var client = new SnmpClient(engine, new SnmpTarget(device.EndPoint, options));

        var walked = default(VarBindChecksum);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var varBind in client.BulkWalkAsync(Root, cancellationToken: patience.Token))
        {
            walked = walked.With(varBind);
        }

        Assert.That(walked, Is.EqualTo(device.ChecksumUnder(Root)));
        Assert.That(walked.Count, Is.GreaterThan(500));
        FaultKind[] chosen =
        [
            FaultKind.RequestLoss, FaultKind.ReplyLoss, FaultKind.Duplication, FaultKind.Reordering, FaultKind.Truncation, FaultKind.Garbage, FaultKind.WrongRequestId,
            FaultKind.ShortPage,
        ];
        Assert.That(chosen.Where(kind => device.CountOf(kind) == 0), Is.Empty);
    }
}
