using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine;

namespace Connections.Snmp.Tests.Collection;

/// <summary>A walk of a range begins at its start, the start itself included, and asks for nothing past its stop.</summary>
public sealed class RangeWalkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Table = Oid.Parse("1.3.6.1.4.1.99999.7");

    private static readonly Oid[] Instances =
    [
        .. Enumerable.Range(1, 300).Select(static row => Table.Append(1, (uint)row)),
        .. Enumerable.Range(1, 300).Where(static row => row % 3 == 0).Select(static row => Table.Append(2, (uint)row, 7)),
        Table.Append(2, 300, 7, 1),
        Table.Append(3, 0),
    ];

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    [TestCase("10", "20")]
    [TestCase("12", "12.7.0")]
    [TestCase("12.7", "13")]
    [TestCase("12.8", "200")]
    [TestCase("", "5")]
    [TestCase("299", "")]
    [TestCase("300.7.1", "")]
    [TestCase("500", "600")]
    [TestCase("0", "1")]
    [TestCase("", "")]
    public async Task A_walk_brings_exactly_the_instances_of_its_range(string start, string stop)
    {
        var range = IndexRange.Parse(start.Length == 0 ? null : start, stop.Length == 0 ? null : stop);
        Oid[] roots = [Table.Append(1), Table.Append(2), Table.Append(3), Table.Append(4)];
        foreach (var version in (SnmpVersion[])[SnmpVersion.V1, SnmpVersion.V2c])
        {
            var tree = new TreeResponder(Instances) { PageLimit = 23 };
            await using var responder = tree.Start();
            var client = _engine.CreateClient(responder.Target(Responder.Patient with { Version = version }));
            var found = new List<Oid>();

            await foreach (var varBind in client.WalkAsync(new WalkRequest { Roots = roots, Range = range }).WithCancellation(new CancellationTokenSource(Limit).Token))
            {
                found.Add(varBind.Oid);
            }

            Assert.That(found.Order(), Is.EqualTo(Instances.Where(oid => roots.Any(root => IsIn(range, root, oid)))), version.ToString());
            Assert.That(tree.Requests.Count, Is.LessThan(2 * Instances.Length));
        }
    }

    [Test]
    public async Task A_range_in_the_middle_of_a_table_costs_no_requests_outside_it()
    {
        var tree = new TreeResponder(Instances);
        await using var responder = tree.Start();
        var request = new WalkRequest { Root = Table.Append(1), Range = IndexRange.Parse("100", "110"), MaxRepetitions = 5 };

        var found = await _engine.CreateClient(responder.Target()).WalkAsync(request).CountAsync().AsTask().WaitAsync(Limit);

        Assert.That(found, Is.EqualTo(10));
        Assert.That(tree.Requests.Select(static asked => asked.VarBinds[0].Oid),
            Is.EqualTo(new uint[] { 100, 100, 105, 110 }.Select(static row => Table.Append(1, row)).Take(tree.Requests.Count)));
        Assert.That(tree.Requests.Count, Is.InRange(3, 4));
    }

    [Test]
    public async Task An_agent_that_cannot_tell_the_start_fails_the_walk()
    {
        await using var responder = new Responder(static (responder, request) => responder.Reply(request, request.Error(SnmpErrorStatus.GenErr, 1)));
        var request = new WalkRequest { Root = Table.Append(1), Range = IndexRange.Parse("100", "110") };

        Assert.That(
            async () => await _engine.CreateClient(responder.Target()).CollectAsync(request).AsTask().WaitAsync(Limit),
            Throws.InstanceOf<SnmpErrorStatusException>().With.Property(nameof(SnmpErrorStatusException.Status)).EqualTo(SnmpErrorStatus.GenErr));
    }

    [Test]
    public async Task A_request_may_be_tried_as_often_as_it_says_itself()
    {
        await using var responder = new Responder(static (_, _) => { });
        var client = _engine.CreateClient(responder.Target());
        var attempts = new SnmpAttempts(TimeSpan.FromMilliseconds(5), Retries: 2, Backoff: 1);

        Assert.That(
            async () => await client.SendAsync(SnmpRequest.Get(Table).Trying(attempts)).AsTask().WaitAsync(Limit),
            Throws.InstanceOf<SnmpTimeoutException>().With.Property(nameof(SnmpTimeoutException.Attempts)).EqualTo(3));
        Assert.That(
            async () => await client.CollectAsync(new WalkRequest { Root = Table, Attempts = attempts with { Retries = 0 } }).AsTask().WaitAsync(Limit),
            Throws.InstanceOf<SnmpTimeoutException>().With.Property(nameof(SnmpTimeoutException.Attempts)).EqualTo(1));
    }

    private static bool IsIn(IndexRange range, Oid root, Oid instance)
    {
        if (!instance.StartsWith(root))
        {
            return false;
        }

        var arcs = new uint[instance.Count];
        instance.CopyTo(arcs);
        return range.Contains(new OidIndex(arcs.AsSpan(root.Count)));
    }
}
