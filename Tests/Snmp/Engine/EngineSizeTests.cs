using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>What is too big for an agent or for the network: halves, and replies of a size that arrives.</summary>
public sealed class EngineSizeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Root = TableResponder.Root;

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private static Oid[] Rows(int count) => [.. TableResponder.Rows(count)];

    private static async Task<List<Oid>> ReadAsync(IAsyncEnumerable<VarBind> walk)
    {
        var oids = new List<Oid>();
        await foreach (var varBind in walk)
        {
            oids.Add(varBind.Oid);
        }

        return oids;
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(16)]
    public async Task A_get_that_is_too_big_is_asked_in_halves_and_answered_in_order(int largest)
    {
        var tree = new TreeResponder(Rows(50)) { TooBigAbove = largest };
        await using var responder = tree.Start();
        var oids = Rows(50).Reverse().ToArray();

        var varBinds = await _engine.CreateClient(responder.Target()).GetAsync(oids).AsTask().WaitAsync(Limit);

        Assert.That(varBinds, Is.EqualTo(oids.Select(static oid => new VarBind(oid, SnmpValue.Integer32((int)oid[oid.Count - 1])))));
    }

    [Test]
    public async Task A_getnext_that_is_too_big_is_asked_in_halves_too()
    {
        await using var responder = new TreeResponder(Rows(50)) { TooBigAbove = 4 }.Start();

        var varBinds = await _engine.CreateClient(responder.Target()).GetNextAsync(Rows(20)).AsTask().WaitAsync(Limit);

        Assert.That(varBinds.Select(static varBind => varBind.Oid), Is.EqualTo(Rows(21).Skip(1)));
    }

    [Test]
    public async Task Too_big_for_one_varbind_is_an_error()
    {
        await using var responder = new TreeResponder(Rows(50)) { TooBigAbove = 0 }.Start();
        var client = _engine.CreateClient(responder.Target());

        var get = Assert.ThrowsAsync<SnmpErrorStatusException>(() => client.GetAsync(Rows(8)).AsTask().WaitAsync(Limit));
        var walk = Assert.ThrowsAsync<SnmpErrorStatusException>(() => ReadAsync(client.BulkWalkAsync(Root)).WaitAsync(Limit));

        Assert.That(get!.Status, Is.EqualTo(SnmpErrorStatus.TooBig));
        Assert.That(walk!.Status, Is.EqualTo(SnmpErrorStatus.TooBig));
    }

    [Test]
    public async Task A_set_that_is_too_big_is_an_error_and_never_split()
    {
        var tree = new TreeResponder(Rows(50)) { TooBigAbove = 2 };
        await using var responder = tree.Start();
        VarBind[] values = [.. Rows(3).Select(static oid => new VarBind(oid, SnmpValue.Integer32(1)))];

        var error = Assert.ThrowsAsync<SnmpErrorStatusException>(
            () => _engine.CreateClient(responder.Target()).SetAsync(values).AsTask().WaitAsync(Limit));

        Assert.That(error!.Status, Is.EqualTo(SnmpErrorStatus.TooBig));
        Assert.That(tree.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_walk_keeps_to_the_repetitions_that_were_not_too_big()
    {
        var tree = new TreeResponder(Rows(100)) { TooBigAbove = 6 };
        await using var responder = tree.Start();

        var oids = await ReadAsync(_engine.CreateClient(responder.Target()).BulkWalkAsync(Root)).WaitAsync(Limit);

        Assert.That(oids, Is.EqualTo(Rows(100)));
        Assert.That(tree.Requests.Count(request => request.Type == PduType.GetBulk && request.MaxRepetitions > 6), Is.EqualTo(2));
    }

    [Test]
    public async Task A_large_request_that_meets_silence_is_tried_again_in_parts()
    {
        var tree = new TreeResponder(Rows(500));
        await using var responder = new Responder((responder, request) =>
        {
            if (request.VarBinds.Count <= 80)
            {
                responder.Reply(request, tree.Answer(request));
            }
        });

        var varBinds = await _engine.CreateClient(responder.Target(Responder.Eager)).GetAsync(Rows(500)).AsTask().WaitAsync(Limit);

        Assert.That(varBinds.Select(static varBind => varBind.Oid), Is.EqualTo(Rows(500)));
    }

    [Test]
    public async Task A_lost_page_is_asked_for_with_fewer_repetitions_until_the_device_has_shown_what_it_can()
    {
        var asked = new List<int>();
        await using var responder = new Responder((responder, request) =>
        {
            asked.Add(request.MaxRepetitions);
            if (request.MaxRepetitions <= 12)
            {
                responder.Reply(request, TableResponder.PageOf(request, 100, true));
            }
        });

        var oids = await ReadAsync(_engine.CreateClient(responder.Target(Responder.Eager)).BulkWalkAsync(Root)).WaitAsync(Limit);

        Assert.That(oids, Is.EqualTo(Rows(100)));
        Assert.That(asked.Take(2), Is.EqualTo(new[] { 25, 12 }));
    }

    [Test]
    public async Task Pages_fill_a_frame_and_no_more()
    {
        var tree = new TreeResponder(Rows(400)) { Value = static _ => SnmpValue.OctetString(new byte[60]) };
        var sizes = new List<int>();
        await using var responder = Measured(tree, sizes);

        var oids = await ReadAsync(_engine.CreateClient(responder.Target()).BulkWalkAsync(Root)).WaitAsync(Limit);

        Assert.That(oids, Is.EqualTo(Rows(400)));
        Assert.That(sizes.Skip(1).SkipLast(2), Is.All.InRange(1_200, 1_400));
    }

    [Test]
    public async Task Pages_grow_step_by_step_where_larger_ones_are_allowed_and_arrive()
    {
        var tree = new TreeResponder(Rows(2_000)) { Value = static _ => SnmpValue.OctetString(new byte[60]) };
        var sizes = new List<int>();
        await using var responder = Measured(tree, sizes);
        var client = _engine.CreateClient(responder.Target(Responder.Patient with { MaxReplySize = 8_000 }));

        var oids = await ReadAsync(client.BulkWalkAsync(Root)).WaitAsync(Limit);

        Assert.That(oids, Is.EqualTo(Rows(2_000)));
        Assert.That(sizes, Is.All.LessThanOrEqualTo(8_000));
        Assert.That(sizes.Max(), Is.GreaterThan(7_000));
        Assert.That(sizes.Zip(sizes.Skip(1)), Has.None.Matches<(int Size, int Next)>(static pair => pair.Next > 2.1 * pair.Size + 100));
    }

    private static Responder Measured(TreeResponder tree, List<int> sizes) => new((responder, request) =>
    {
        var answer = tree.Answer(request);
        sizes.Add(answer.Length);
        responder.Reply(request, answer);
    });

    [Test]
    public async Task Missing_objects_of_version_1_are_left_out_and_the_others_answered()
    {
        var tree = new TreeResponder(Rows(3));
        await using var responder = tree.Start();
        Oid[] oids = [Root.Append(9), Root.Append(1), Root.Append(8), Root.Append(2), Root.Append(7)];
        var client = _engine.CreateClient(responder.Target(Responder.Patient with { Version = SnmpVersion.V1 }));

        var varBinds = await client.GetAsync(oids).AsTask().WaitAsync(Limit);

        Assert.That(varBinds.Select(static varBind => varBind.Oid), Is.EqualTo(oids));
        Assert.That(varBinds.Select(static varBind => varBind.Value), Is.EqualTo(new[]
        {
            SnmpValue.NoSuchInstance, SnmpValue.Integer32(1), SnmpValue.NoSuchInstance, SnmpValue.Integer32(2), SnmpValue.NoSuchInstance,
        }));
    }

    [Test]
    public async Task A_walk_ends_at_its_limit_of_time()
    {
        var walk = new WalkRequest { Root = Root, MaxReplies = int.MaxValue, MaxTime = TimeSpan.FromMilliseconds(50) };
        var row = 0u;
        await using var endless = new Responder((responder, request) => responder.Reply(
            request, request.Response([new VarBind(Root.Append(++row), SnmpValue.Integer32(1))])));
        var result = await _engine.CreateClient(endless.Target()).CollectAsync(walk).AsTask().WaitAsync(Limit);

        Assert.That(result.VarBinds, Is.Not.Empty);
        Assert.That(result.Next, Is.Null);
    }

    [Test]
    public async Task Oids_that_do_not_increase_are_tolerated_on_request()
    {
        await using var responder = Sequence(5, 3, 7, 6);
        var walk = new WalkRequest { Root = Root, ToleratesNonIncreasing = true };

        var oids = await ReadAsync(_engine.CreateClient(responder.Target()).WalkAsync(walk)).WaitAsync(Limit);

        Assert.That(oids.Select(static oid => oid[oid.Count - 1]), Is.EqualTo(new[] { 5u, 3u, 7u, 6u }));
    }

    [TestCase(1u, 2u, 1u)]
    [TestCase(5u, 9u, 3u, 4u, 3u)]
    [TestCase(4u, 4u)]
    [TestCase(7u, 6u, 5u, 4u, 3u, 8u, 7u)]
    public async Task A_walk_that_runs_in_a_circle_is_ended_although_it_tolerates(params uint[] sequence)
    {
        await using var responder = Sequence(sequence);
        var walk = new WalkRequest { Root = Root };
        var tolerant = Responder.Patient with { Profile = new DeviceProfile { ToleratesNonIncreasing = true } };

        var error = Assert.ThrowsAsync<SnmpWalkException>(
            () => ReadAsync(_engine.CreateClient(responder.Target(tolerant)).WalkAsync(walk)).WaitAsync(Limit));

        Assert.That(error!.IsCircle, Is.True);
    }

    // Each number follows the one before, by GETNEXT's rules or against them; an object outside follows the last one.
    private static Responder Sequence(params uint[] sequence)
    {
        var next = new Dictionary<Oid, Oid>();
        var last = Root;
        foreach (var number in sequence)
        {
            next.TryAdd(last, Root.Append(number));
            last = Root.Append(number);
        }

        return new Responder((responder, request) => responder.Reply(request, request.Response(
            [new VarBind(next.GetValueOrDefault(request.Oid, TableResponder.Root.Parent.Append(2, 0)), SnmpValue.Integer32(1))])));
    }
}
