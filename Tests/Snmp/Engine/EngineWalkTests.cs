using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>Walks over the engine: bursts, ends, errors, streams.</summary>
public sealed class EngineWalkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Root = TableResponder.Root;

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private static async Task<List<VarBind>> ReadAsync(IAsyncEnumerable<VarBind> walk)
    {
        var varBinds = new List<VarBind>();
        await foreach (var varBind in walk)
        {
            varBinds.Add(varBind);
        }

        return varBinds;
    }

    private static IEnumerable<Oid> Rows(int count) => TableResponder.Rows(count);

    [TestCase(0, true)]
    [TestCase(1, true)]
    [TestCase(25, true)]
    [TestCase(26, true)]
    [TestCase(333, true)]
    [TestCase(333, false)]
    [TestCase(25, false)]
    public async Task A_bulk_walk_returns_every_instance_under_the_root_in_order(int rows, bool hasSuccessor)
    {
        await using var responder = TableResponder.Start(rows, hasSuccessor);
        var walk = _engine.CreateClient(responder.Target()).BulkWalkAsync(Root);

        var varBinds = await ReadAsync(walk).WaitAsync(Limit);

        Assert.That(varBinds.Select(varBind => varBind.Oid), Is.EqualTo(Rows(rows)));
    }

    [TestCase(SnmpVersion.V1, true)]
    [TestCase(SnmpVersion.V1, false)]
    [TestCase(SnmpVersion.V2c, true)]
    [TestCase(SnmpVersion.V2c, false)]
    public async Task A_walk_asks_by_getnext_alone(SnmpVersion version, bool hasSuccessor)
    {
        var types = new HashSet<PduType>();
        await using var responder = TableResponder.Start(40, hasSuccessor, request => types.Add(request.Type));
        var client = _engine.CreateClient(responder.Target(Responder.Patient with { Version = version }));

        var varBinds = await ReadAsync(client.WalkAsync(Root)).WaitAsync(Limit);

        Assert.That(varBinds.Select(varBind => varBind.Oid), Is.EqualTo(Rows(40)));
        Assert.That(types, Is.EqualTo(new[] { PduType.GetNext }));
    }

    [Test]
    public async Task A_bulk_walk_on_version_1_falls_back_to_getnext()
    {
        var types = new HashSet<PduType>();
        await using var responder = TableResponder.Start(10, false, request => types.Add(request.Type));
        var client = _engine.CreateClient(responder.Target(Responder.Patient with { Version = SnmpVersion.V1 }));

        var varBinds = await ReadAsync(client.BulkWalkAsync(Root)).WaitAsync(Limit);

        Assert.That(varBinds, Has.Count.EqualTo(10));
        Assert.That(types, Is.EqualTo(new[] { PduType.GetNext }));
    }

    [Test]
    public async Task The_root_of_a_single_instance_is_fetched_by_get()
    {
        await using var responder = TableResponder.Start(5);
        var instance = Root.Append(3);

        var varBinds = await ReadAsync(_engine.CreateClient(responder.Target()).BulkWalkAsync(instance)).WaitAsync(Limit);

        Assert.That(varBinds.Select(varBind => varBind.Oid), Is.EqualTo(new[] { instance }));
    }

    [Test]
    public async Task A_reply_without_varbinds_ends_the_walk()
    {
        await using var responder = new Responder((responder, request) => responder.Reply(
            request, request.Oid == Root ? request.Response([new VarBind(Root.Append(1), SnmpValue.Integer32(1))]) : request.Response([])));

        var varBinds = await ReadAsync(_engine.CreateClient(responder.Target()).BulkWalkAsync(Root)).WaitAsync(Limit);

        Assert.That(varBinds, Has.Count.EqualTo(1));
    }

    [TestCase(1u)]
    [TestCase(2u)]
    public async Task Oids_that_do_not_increase_end_the_walk_with_an_error_after_those_before(uint repeated)
    {
        await using var responder = new Responder((responder, request) => responder.Reply(request, request.Response(
            [new VarBind(Root.Append(request.Oid == Root ? 1 : request.Oid == Root.Append(1) ? 2 : repeated), SnmpValue.Integer32(1))])));
        var seen = new List<Oid>();

        var error = Assert.ThrowsAsync<SnmpWalkException>(() => CollectAsync().WaitAsync(Limit));

        Assert.That(seen, Is.EqualTo(Rows(2)));
        Assert.That(error!.Previous, Is.EqualTo(Root.Append(2)));
        Assert.That(error.Received, Is.EqualTo(Root.Append(repeated)));
        Assert.That(error.Message, Does.Contain("lab-1").And.Contain("increase"));

        async Task CollectAsync()
        {
            await foreach (var varBind in _engine.CreateClient(responder.Target()).BulkWalkAsync(Root))
            {
                seen.Add(varBind.Oid);
            }
        }
    }

    [Test]
    public async Task An_error_status_ends_the_walk_after_the_varbinds_before()
    {
        await using var responder = new Responder((responder, request) => responder.Reply(
            request, request.Oid == Root.Append(4) ? request.Error(SnmpErrorStatus.GenErr) : TableResponder.PageOf(request with { MaxRepetitions = 2 }, 10, true)));
        var seen = new List<Oid>();

        var error = Assert.ThrowsAsync<SnmpErrorStatusException>(() => CollectAsync().WaitAsync(Limit));

        Assert.That(seen, Is.EqualTo(Rows(4)));
        Assert.That(error!.Status, Is.EqualTo(SnmpErrorStatus.GenErr));

        async Task CollectAsync()
        {
            await foreach (var varBind in _engine.CreateClient(responder.Target()).BulkWalkAsync(Root))
            {
                seen.Add(varBind.Oid);
            }
        }
    }

    [Test]
    public async Task A_burst_takes_as_many_replies_as_asked_and_tells_where_to_go_on()
    {
        await using var responder = TableResponder.Start(100);
        var client = _engine.CreateClient(responder.Target());
        var request = new WalkRequest { Root = Root, MaxRepetitions = 10, MaxReplies = 3 };

        var first = await client.CollectAsync(request).AsTask().WaitAsync(Limit);
        var second = await client.CollectAsync(request with { Cursor = first.Next!.Value, MaxReplies = 100 }).AsTask().WaitAsync(Limit);

        Assert.That(first.VarBinds, Has.Count.EqualTo(30));
        Assert.That(first.Next, Is.EqualTo(new WalkCursor(Root.Append(30), 30)));
        Assert.That(first.VarBinds.Concat(second.VarBinds).Select(varBind => varBind.Oid), Is.EqualTo(Rows(100)));
        Assert.That(second.Next, Is.Null);
    }

    [Test]
    public async Task A_walk_ends_at_its_limit_of_rows_and_asks_for_no_more_than_that()
    {
        var asked = new List<int>();
        await using var responder = TableResponder.Start(100, true, request => asked.Add(request.MaxRepetitions));
        var request = new WalkRequest { Root = Root, MaxRepetitions = 10, MaxReplies = 100, MaxRows = 25 };

        var result = await _engine.CreateClient(responder.Target()).CollectAsync(request).AsTask().WaitAsync(Limit);

        Assert.That(result.VarBinds, Has.Count.EqualTo(25));
        Assert.That(result.Next, Is.Null);
        Assert.That(asked, Is.EqualTo(new[] { 10, 10, 5 }));
    }

    [Test]
    public async Task A_lost_page_is_asked_for_again_and_a_duplicate_one_counts_once()
    {
        var pages = 0;
        await using var responder = new Responder((responder, request) =>
        {
            if (++pages % 3 == 0)
            {
                return;
            }

            responder.Reply(request, TableResponder.PageOf(request, 200, true));
            responder.Reply(request, TableResponder.PageOf(request, 200, true));
        });
        var client = _engine.CreateClient(responder.Target(Responder.Eager));

        var varBinds = await ReadAsync(client.BulkWalkAsync(Root, 10)).WaitAsync(Limit);

        Assert.That(varBinds.Select(varBind => varBind.Oid), Is.EqualTo(Rows(200)));
    }

    [Test]
    public async Task A_broken_page_leaves_nothing_behind_and_a_whole_one_follows()
    {
        var pages = 0;
        await using var responder = new Responder((responder, request) =>
        {
            var page = TableResponder.PageOf(request, 50, true);
            if (++pages % 2 == 1)
            {
                // The tag of the last value, which no SMIv2 type has.
                var broken = request.Response([new VarBind(Root.Append(1), SnmpValue.Integer32(1)), new VarBind(Root.Append(2), SnmpValue.Null)]);
                broken[^2] = 0x4F;
                responder.Reply(request, broken);
            }

            responder.Reply(request, page);
        });

        var varBinds = await ReadAsync(_engine.CreateClient(responder.Target()).BulkWalkAsync(Root, 10)).WaitAsync(Limit);

        Assert.That(varBinds.Select(varBind => varBind.Oid), Is.EqualTo(Rows(50)));
        Assert.That(_engine.Statistics.Unparsable, Is.Positive);
    }

    [Test]
    public async Task Bursts_of_a_stream_begin_with_one_reply_and_double()
    {
        await using var responder = TableResponder.Start(400);
        var client = new RecordingClient(_engine.CreateClient(responder.Target()));

        await ReadAsync(client.BulkWalkAsync(Root, 10)).WaitAsync(Limit);

        Assert.That(client.Bursts.Take(5), Is.EqualTo(new[] { 1, 2, 4, 8, 16 }));
    }

    [Test]
    public async Task The_next_burst_is_under_way_while_the_first_is_looked_at()
    {
        await using var responder = TableResponder.Start(400);
        var client = new RecordingClient(_engine.CreateClient(responder.Target()));
        await using var walk = client.BulkWalkAsync(Root, 10).GetAsyncEnumerator();

        Assert.That(await walk.MoveNextAsync().AsTask().WaitAsync(Limit), Is.True);

        Assert.That(client.Bursts, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Breaking_out_of_a_stream_cancels_the_burst_fetched_ahead_and_waits_for_it()
    {
        await using var responder = new Responder((responder, request) =>
        {
            if (request.Oid == Root)
            {
                responder.Reply(request, TableResponder.PageOf(request, 100, true));
            }
        });
        var client = new RecordingClient(_engine.CreateClient(responder.Target()));

        await BreakAsync().WaitAsync(Limit);

        Assert.That(client.UnderWay, Is.Zero);
        Assert.That(client.Bursts, Has.Count.EqualTo(2));
        Assert.That(_engine.Statistics.InFlight, Is.Zero);

        async Task BreakAsync()
        {
            await foreach (var _ in client.BulkWalkAsync(Root, 10))
            {
                break;
            }
        }
    }

    [Test]
    public async Task Cancelling_a_stream_ends_it()
    {
        await using var responder = new Responder((responder, request) =>
        {
            if (request.Oid == Root)
            {
                responder.Reply(request, TableResponder.PageOf(request, 100, true));
            }
        });
        using var cancellation = new CancellationTokenSource();
        var client = _engine.CreateClient(responder.Target());
        var seen = 0;

        Assert.CatchAsync<OperationCanceledException>(() => CollectAsync().WaitAsync(Limit));
        Assert.That(seen, Is.EqualTo(10));

        async Task CollectAsync()
        {
            await foreach (var _ in client.BulkWalkAsync(Root, 10, cancellation.Token))
            {
                if (++seen == 10)
                {
                    await cancellation.CancelAsync();
                }
            }
        }
    }

    [Test]
    public void A_text_that_is_no_oid_is_refused_with_the_reason()
    {
        var client = _engine.CreateClient(new SnmpTarget(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 161)));

        var error = Assert.Throws<SnmpParseException>(() => client.BulkWalkAsync("1.3.six"));

        Assert.That(error!.Message, Does.Contain("1.3.six"));
    }

    private sealed class RecordingClient(ISnmpClient inner) : ISnmpClient
    {
        private int _underWay;

        internal List<int> Bursts { get; } = [];

        internal int UnderWay => _underWay;

        public ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default) =>
            inner.SendAsync(request, cancellationToken);

        public async ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default)
        {
            Bursts.Add(request.MaxReplies);
            Interlocked.Increment(ref _underWay);
            try
            {
                return await inner.CollectAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }
    }
}
