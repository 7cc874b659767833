using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Walks;

/// <summary>Tables with holes and columns of different lengths, from agents that cut their pages anywhere: every varbind is there, once.</summary>
internal sealed class AwkwardTableTests
{
    // Above every object of the table, which the walk must not wander into.
    private static readonly Oid Beyond = Oid.Parse("1.3.6.1.4.1.32473.3.1.0");

    private SnmpAgent _agent = null!;
    private SnmpEngine _engine = null!;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        _engine = new SnmpEngine();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _engine.DisposeAsync();
        await _agent.DisposeAsync();
    }

    [Test]
    public Task Pages_cut_in_the_middle_of_a_row_lose_nothing(
        [Values] WalkKind kind, [Values(1, 7, 13, 99)] int varBinds) =>
        AssertWholeAsync(new SyntheticTable { Rows = 60, Columns = 10 }, kind, new DeviceFaults { MaxVarBinds = varBinds });

    [Test]
    public Task Pages_cut_by_chance_lose_nothing([Values] WalkKind kind, [Values(1, 2, 3)] int seed) =>
        AssertWholeAsync(new SyntheticTable { Rows = 60, Columns = 10, Seed = seed }, kind, new DeviceFaults { ShortPages = 0.8 });

    [Test]
    public Task Pages_cut_by_size_lose_nothing([Values] WalkKind kind, [Values(484, 700, 1_000)] int octets) =>
        AssertWholeAsync(new SyntheticTable { Rows = 60, Columns = 10 }, kind, new DeviceFaults { MaxReplySize = octets });

    [Test]
    public Task An_agent_that_says_tooBig_instead_of_cutting_loses_nothing([Values] WalkKind kind, [Values(1, 4, 15)] int varBinds) =>
        AssertWholeAsync(new SyntheticTable { Rows = 30, Columns = 10 }, kind, new DeviceFaults { TooBigAbove = varBinds });

    [Test]
    public Task Sparse_tables_are_whole([Values] WalkKind kind, [Values(0.1, 0.5, 0.95)] double sparseness) =>
        AssertWholeAsync(new SyntheticTable { Rows = 80, Columns = 9, Sparseness = sparseness }, kind, DeviceFaults.None);

    [Test]
    public Task Columns_that_end_early_are_whole([Values] WalkKind kind, [Values(1, 9, 100)] int rows) =>
        AssertWholeAsync(new SyntheticTable { Rows = rows, Columns = 12, EndsEarly = true }, kind, DeviceFaults.None);

    [Test]
    public Task Sparse_columns_that_end_early_in_pages_cut_anywhere_are_whole([Values] WalkKind kind, [Values(1, 2, 3, 4)] int seed) =>
        AssertWholeAsync(
            new SyntheticTable { Rows = 100, Columns = 12, Seed = seed, Sparseness = 0.4, EndsEarly = true },
            kind,
            new DeviceFaults { ShortPages = 0.5, MaxVarBinds = 50, TooBigAbove = 40 });

    [Test]
    public Task Tables_of_one_cell_or_none_are_whole([Values] WalkKind kind, [Values(0, 1)] int rows) =>
        AssertWholeAsync(new SyntheticTable { Rows = rows, Columns = 1 }, kind, DeviceFaults.None);

    // With something behind the table, and with nothing, where the agent says endOfMibView.
    private async Task AssertWholeAsync(SyntheticTable table, WalkKind kind, DeviceFaults faults)
    {
        MibVariable[] behind = [new(Beyond, SnmpValue.Integer32(1))];
        foreach (var data in new[] { table.ToData(), new MibData([.. table.Variables(), .. behind]) })
        {
            var device = _agent.Add(new SimulatedDeviceOptions { Name = "awkward", Data = data, Faults = faults, Seed = table.Seed });
            var client = _engine.CreateClient(new SnmpTarget(device.EndPoint, new SnmpOptions { Timeout = TimeSpan.FromSeconds(30) }));

            Assert.That(await TableWalk.SumAsync(client, table, kind), Is.EqualTo(device.ChecksumUnder(table.Entry)));
        }
    }
}
