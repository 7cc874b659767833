using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>Walks of several roots in one request, each with a cursor of its own.</summary>
public sealed class EngineManyRootsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Table = Oid.Parse("1.3.6.1.4.1.99999.7");

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    // Columns 1 to 4 of very different lengths, one of them sparse, one empty, and an object after them.
    private static readonly Oid[] Instances =
    [
        .. Column(1, Enumerable.Range(1, 90)),
        .. Column(2, Enumerable.Range(1, 90).Where(static row => row % 7 == 0)),
        .. Column(4, Enumerable.Range(1, 3)),
        .. Column(5, Enumerable.Range(1, 61)),
        Table.Append(9, 0),
    ];

    private static IEnumerable<Oid> Column(uint column, IEnumerable<int> rows) => rows.Select(row => Table.Append(column, (uint)row));

    private static Oid[] Roots(params uint[] columns) => [.. columns.Select(static column => Table.Append(column))];

    private async Task<List<Oid>> WalkAsync(Responder responder, WalkRequest request, SnmpOptions? options = null)
    {
        var oids = new List<Oid>();
        await foreach (var varBind in _engine.CreateClient(responder.Target(options)).WalkAsync(request))
        {
            Assert.That(varBind.Value, Is.EqualTo(SnmpValue.Integer32((int)varBind.Oid[varBind.Oid.Count - 1])));
            oids.Add(varBind.Oid);
        }

        return oids;
    }

    [TestCase(int.MaxValue)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    [TestCase(23)]
    public async Task Every_instance_comes_once_wherever_the_agent_cuts_its_pages(int pageLimit)
    {
        var tree = new TreeResponder(Instances) { PageLimit = pageLimit };
        await using var responder = tree.Start();

        var oids = await WalkAsync(responder, new WalkRequest { Roots = Roots(1, 2, 3, 4, 5) }).WaitAsync(Limit);

        Assert.That(oids.Order(), Is.EqualTo(Instances.SkipLast(1)));
        Assert.That(oids.Where(static oid => oid[7] == 1), Is.Ordered);
    }

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    public async Task Getnext_walks_several_roots_too(SnmpVersion version)
    {
        var tree = new TreeResponder(Instances.SkipLast(1));
        await using var responder = tree.Start();

        var oids = await WalkAsync(
            responder, new WalkRequest { Roots = Roots(1, 2, 3, 4, 5), UsesBulk = false }, Responder.Patient with { Version = version }).WaitAsync(Limit);

        Assert.That(oids.Order(), Is.EqualTo(Instances.SkipLast(1)));
        Assert.That(tree.Requests.Select(static request => request.Type), Has.None.EqualTo(PduType.GetBulk));
    }

    [Test]
    public async Task Columns_share_requests_and_drop_out_when_they_end()
    {
        var tree = new TreeResponder(Instances);
        await using var responder = tree.Start();

        await WalkAsync(responder, new WalkRequest { Roots = Roots(1, 4, 5), MaxRepetitions = 10 }).WaitAsync(Limit);

        // 8 rows at first, since the size of the varbinds is not known; then 10 of columns 1 and 5, whose 61 rows end first.
        Assert.That(tree.Requests.Select(static request => request.VarBinds.Count), Is.EqualTo(new[] { 3, 2, 2, 2, 2, 2, 2, 1, 1, 1 }));
    }

    [Test]
    public async Task Roots_that_are_instances_are_fetched_by_one_get_at_the_end()
    {
        var tree = new TreeResponder(Instances);
        await using var responder = tree.Start();
        Oid[] roots = [Table.Append(1, 5), Table.Append(3), Table.Append(4), Table.Append(9, 0)];

        var oids = await WalkAsync(responder, new WalkRequest { Roots = roots }).WaitAsync(Limit);

        Oid[] expected = [Table.Append(1, 5), .. Column(4, [1, 2, 3]), Table.Append(9, 0)];
        Assert.That(oids.Order(), Is.EqualTo(expected));
        Assert.That(tree.Requests.Count(static request => request.Type == PduType.Get), Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    [TestCase(11)]
    public async Task Replies_that_are_too_big_are_asked_for_in_halves(int tooBigAbove)
    {
        var tree = new TreeResponder(Instances) { TooBigAbove = tooBigAbove };
        await using var responder = tree.Start();

        var oids = await WalkAsync(responder, new WalkRequest { Roots = Roots(1, 2, 3, 4, 5) }).WaitAsync(Limit);

        Assert.That(oids.Order(), Is.EqualTo(Instances.SkipLast(1)));
    }

    [Test]
    public async Task The_limit_of_rows_counts_all_roots_together()
    {
        await using var responder = new TreeResponder(Instances).Start();

        var oids = await WalkAsync(responder, new WalkRequest { Roots = Roots(1, 5), MaxRows = 31 }).WaitAsync(Limit);

        Assert.That(oids, Has.Count.EqualTo(31));
    }

    [Test]
    public async Task A_burst_may_be_repeated_from_its_cursor()
    {
        await using var responder = new TreeResponder(Instances) { PageLimit = 7 }.Start();
        var client = _engine.CreateClient(responder.Target());
        var request = new WalkRequest { Roots = Roots(1, 2), MaxReplies = 3 };
        var first = await client.CollectAsync(request).AsTask().WaitAsync(Limit);
        var next = request with { Cursor = first.Next!.Value };

        var once = await client.CollectAsync(next).AsTask().WaitAsync(Limit);
        var again = await client.CollectAsync(next).AsTask().WaitAsync(Limit);

        Assert.That(again.VarBinds, Is.EqualTo(once.VarBinds));
        Assert.That(once.VarBinds, Is.Not.Empty);
    }

    [Test]
    public async Task Roots_that_contain_each_other_are_refused_before_anything_is_sent()
    {
        await using var responder = new TreeResponder(Instances).Start();
        var client = _engine.CreateClient(responder.Target());

        var error = Assert.Throws<ArgumentException>(() => client.WalkAsync([Table.Append(2), Table.Append(1), Table.Append(1, 5)]));

        Assert.That(error!.Message, Does.Contain(Table.Append(1, 5).ToString()));
        Assert.That(_engine.Statistics.Requests, Is.Zero);
    }

    [Test]
    public async Task A_walk_without_a_root_is_refused()
    {
        await using var responder = new TreeResponder(Instances).Start();

        Assert.Throws<ArgumentException>(() => _engine.CreateClient(responder.Target()).WalkAsync(Array.Empty<Oid>()));
    }

    [TestCase(SnmpVersion.V1, false)]
    [TestCase(SnmpVersion.V2c, false)]
    [TestCase(SnmpVersion.V2c, true)]
    public async Task An_error_at_one_root_ends_the_walk_after_the_others_have_ended(SnmpVersion version, bool isTransient)
    {
        var broken = Table.Append(2, 35);
        var (tree, errors) = (new TreeResponder(Instances), 0);
        await using var responder = new Responder((responder, request) =>
        {
            var bad = request.VarBinds.ToList().FindIndex(varBind => varBind.Oid == broken);
            var answer = request.MaxRepetitions > 1 ? tree.Answer(request with { MaxRepetitions = 5 }) : tree.Answer(request);
            responder.Reply(request, bad < 0 || (isTransient && errors > 0) ? answer : request.Error(SnmpErrorStatus.GenErr, bad + 1));
            errors += bad < 0 ? 0 : 1;
        });
        var oids = new List<Oid>();
        var walk = _engine.CreateClient(responder.Target(Responder.Patient with { Version = version })).WalkAsync(Roots(1, 2, 3, 4, 5));

        async Task CollectAsync()
        {
            await foreach (var varBind in walk)
            {
                oids.Add(varBind.Oid);
            }
        }

        if (isTransient)
        {
            await CollectAsync().WaitAsync(Limit);
        }
        else
        {
            var error = Assert.ThrowsAsync<SnmpErrorStatusException>(() => CollectAsync().WaitAsync(Limit));
            Assert.That((error!.Status, error.Oid), Is.EqualTo((SnmpErrorStatus.GenErr, (Oid?)broken)));
        }

        Assert.That(oids.Order(), Is.EqualTo(Instances.SkipLast(1).Where(oid => isTransient || !oid.StartsWith(Table.Append(2)) || oid <= broken)));
    }

    [Test]
    public async Task A_table_has_all_its_rows_when_the_agent_fails_at_one_column()
    {
        var tree = new TreeResponder(Instances);
        await using var responder = new Responder((responder, request) =>
        {
            var bad = request.VarBinds.ToList().FindIndex(static varBind => varBind.Oid.StartsWith(Table.Append(2)));
            responder.Reply(request, bad < 0 ? tree.Answer(request) : request.Error(SnmpErrorStatus.ResourceUnavailable, bad + 1));
        });
        var rows = new List<SnmpTableRow>();

        var error = Assert.ThrowsAsync<SnmpErrorStatusException>(async () =>
        {
            await foreach (var row in _engine.CreateClient(responder.Target()).TableAsync(Roots(1, 2, 5)).WithCancellation(default))
            {
                rows.Add(row);
            }
        });

        Assert.That(error!.Oid, Is.EqualTo(Table.Append(2)));
        Assert.That(rows.Select(static row => row.Index), Is.EqualTo(Enumerable.Range(1, 90).Select(static row => new OidIndex((uint)row))));
        Assert.That(rows.Count(static row => row[0] is not null && row[1] is null), Is.EqualTo(90));
        Assert.That(rows.Count(static row => row[2] is not null), Is.EqualTo(61));
    }
}
