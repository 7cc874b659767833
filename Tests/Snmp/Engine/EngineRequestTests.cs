using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

[TestFixture(false, false)]
[TestFixture(true, false)]
[TestFixture(false, true)]
public sealed class EngineRequestTests(bool inline, bool portable)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() =>
        _engine = new SnmpEngine(new SnmpEngineOptions { InlineContinuations = inline, PortableTransport = portable });

    [TearDown, CancelAfter(30_000)]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public async Task A_get_returns_the_value_of_the_response(string address)
    {
        await using var responder = Responder.Answering(42, IPAddress.Parse(address));
        var client = _engine.CreateClient(responder.Target());

        var varBind = await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        Assert.That(varBind, Is.EqualTo(new VarBind(Responder.Instance, SnmpValue.Integer32(42))));
    }

    [Test]
    public async Task A_lost_request_is_sent_again_with_another_request_id()
    {
        var ids = new ConcurrentQueue<int>();
        await using var responder = new Responder((responder, request) =>
        {
            ids.Enqueue(request.Id);
            if (ids.Count == 3)
            {
                responder.Reply(request, request.Answer(7));
            }
        });
        var client = _engine.CreateClient(responder.Target(Responder.Eager));

        var varBind = await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        Assert.That(varBind.Value.ToInt64(), Is.EqualTo(7));
        Assert.That(ids.Distinct().Count(), Is.GreaterThanOrEqualTo(3));
        Assert.That(_engine.Statistics.Retransmissions, Is.GreaterThanOrEqualTo(2));
        Assert.That(_engine.Statistics.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task The_reply_to_any_attempt_counts()
    {
        Request? first = null;
        await using var responder = new Responder((responder, request) =>
        {
            if (first is null)
            {
                first = request;
            }
            else
            {
                responder.Reply(first, first.Answer(1));
            }
        });
        var client = _engine.CreateClient(responder.Target(Responder.Eager));

        var varBind = await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        Assert.That(varBind.Value.ToInt64(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_duplicate_reply_is_dropped_and_answers_no_later_request()
    {
        Request? earlier = null;
        await using var responder = new Responder((responder, request) =>
        {
            if (earlier is not null)
            {
                responder.Reply(request, earlier.Answer(666));
            }

            earlier ??= request;
            responder.Reply(request, request.Answer(5));
            responder.Reply(request, request.Answer(666));
        });
        var client = _engine.CreateClient(responder.Target());

        for (var i = 0; i < 100; i++)
        {
            Assert.That((await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(5));
        }

        Assert.That(_engine.Statistics.Late, Is.GreaterThan(100));
    }

    [Test]
    public async Task A_stale_reply_to_a_former_user_of_the_slot_is_dropped()
    {
        // With room for one request in flight a slot comes round again at once.
        await using var engine = new SnmpEngine(new SnmpEngineOptions { MaxInFlight = 1, PortableTransport = portable });
        var earlier = new ConcurrentQueue<Request>();
        await using var responder = new Responder((responder, request) =>
        {
            foreach (var former in earlier)
            {
                responder.Reply(request, former.Answer(666));
            }

            earlier.Enqueue(request);
            responder.Reply(request, request.Answer(5));
        });
        var client = engine.CreateClient(responder.Target());

        for (var i = 0; i < 20; i++)
        {
            Assert.That((await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(5));
        }
    }

    [Test]
    public async Task A_reply_from_another_source_is_dropped()
    {
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var responder = new Responder((responder, request) =>
        {
            stranger.SendTo(request.Answer(666), request.From);
            responder.Reply(request, request.Answer(5));
        });
        var client = _engine.CreateClient(responder.Target());

        var varBind = await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        Assert.That(varBind.Value.ToInt64(), Is.EqualTo(5));
        Assert.That(_engine.Statistics.Foreign, Is.EqualTo(1));
    }

    [Test]
    public async Task A_reply_with_another_community_is_dropped()
    {
        await using var responder = new Responder((responder, request) =>
        {
            responder.Reply(request, request.Response([.. request.VarBinds], community: "other"));
            responder.Reply(request, request.Answer(5));
        });
        var client = _engine.CreateClient(responder.Target());

        var varBind = await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        Assert.That(varBind.Value.ToInt64(), Is.EqualTo(5));
        Assert.That(_engine.Statistics.Foreign, Is.EqualTo(1));
    }

    [Test]
    public async Task Garbage_is_counted_and_ends_no_request()
    {
        await using var responder = new Responder((responder, request) =>
        {
            var cut = request.Answer(666);
            responder.Reply(request, []);
            responder.Reply(request, [0x30]);
            responder.Reply(request, cut.AsSpan(..^3));
            responder.Reply(request, [.. Enumerable.Range(0, 255).Select(octet => (byte)octet)]);
            responder.Reply(request, request.Answer(5));
        });
        var client = _engine.CreateClient(responder.Target());

        var varBind = await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        Assert.That(varBind.Value.ToInt64(), Is.EqualTo(5));
        Assert.That(_engine.Statistics.Unparsable, Is.EqualTo(4));
    }

    [Test]
    public async Task An_error_status_is_returned_by_send_and_thrown_by_get()
    {
        await using var responder = new Responder((responder, request) => responder.Reply(request, request.Error(SnmpErrorStatus.NoAccess)));
        var client = _engine.CreateClient(responder.Target());

        var response = await client.SendAsync(SnmpRequest.Get(Responder.Instance)).AsTask().WaitAsync(Limit);
        var error = Assert.ThrowsAsync<SnmpErrorStatusException>(() => client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));

        Assert.That(response.ErrorStatus, Is.EqualTo(SnmpErrorStatus.NoAccess));
        Assert.That(error!.Status, Is.EqualTo(SnmpErrorStatus.NoAccess));
        Assert.That(error.Oid, Is.EqualTo(Responder.Instance));
        Assert.That(error.Message, Does.Contain("lab-1").And.Contain("noAccess").And.Contain(Responder.Instance.ToString()));
        Assert.That(error.Device, Is.EqualTo("lab-1"));
        Assert.That(error.Alias, Is.EqualTo("snmp"));
    }

    [Test]
    public async Task Getbulk_on_version_1_fails_and_says_what_to_use()
    {
        await using var responder = Responder.Answering();
        var client = _engine.CreateClient(responder.Target(Responder.Patient with { Version = SnmpVersion.V1 }));

        var error = Assert.ThrowsAsync<SnmpException>(() => client.GetBulkAsync(0, 10, [Responder.Instance]).AsTask().WaitAsync(Limit));

        Assert.That(error!.Message, Does.Contain("GETBULK").And.Contain("GetNextAsync"));
        Assert.That(responder.Received, Is.Zero);
    }

    [Test]
    public async Task A_request_larger_than_its_first_buffer_arrives_whole()
    {
        await using var responder = Responder.Answering(3);
        var client = _engine.CreateClient(responder.Target());
        var oids = Enumerable.Range(1, 1_000).Select(index => new Oid(1, 3, 6, 1, 4, 1, 99_999, (uint)index)).ToArray();

        var varBinds = await client.GetAsync(oids).AsTask().WaitAsync(Limit);

        Assert.That(varBinds.Select(varBind => varBind.Oid), Is.EqualTo(oids));
    }

    [Test]
    public async Task A_request_that_fits_no_datagram_fails_and_says_so()
    {
        await using var responder = Responder.Answering();
        var client = _engine.CreateClient(responder.Target());
        var value = SnmpValue.OctetString(new byte[70_000]);

        var error = Assert.ThrowsAsync<SnmpException>(() => client.SetAsync(Responder.Instance, value).AsTask().WaitAsync(Limit));

        Assert.That(error!.Message, Does.Contain("does not fit a datagram"));
    }

    [Test]
    public async Task Five_thousand_concurrent_requests_are_all_answered_rightly()
    {
        await using var responder = new Responder((responder, request) =>
            responder.Reply(request, request.Answer((int)request.Oid[request.Oid.Count - 1])));
        var client = _engine.CreateClient(responder.Target(new SnmpOptions { Timeout = TimeSpan.FromSeconds(2), Retries = 10, Backoff = 1 }));

        var tasks = Enumerable.Range(1, 5_000).Select(async index =>
        {
            for (var round = 0; round < 3; round++)
            {
                var varBind = await client.GetAsync(new Oid(1, 3, 6, 1, 4, 1, 99_999, (uint)index));
                Assert.That(varBind.Value.ToInt64(), Is.EqualTo(index));
            }
        });
        await Task.WhenAll(tasks).WaitAsync(Limit);

        Assert.That(_engine.Statistics.Requests, Is.EqualTo(15_000));
        Assert.That(_engine.Statistics.InFlight, Is.Zero);
    }

    [Test]
    public async Task More_requests_than_may_be_in_flight_wait_their_turn()
    {
        await using var engine = new SnmpEngine(new SnmpEngineOptions { MaxInFlight = 4, PortableTransport = portable, InlineContinuations = inline });
        await using var responder = Responder.Answering(9);
        var client = engine.CreateClient(responder.Target());

        var tasks = Enumerable.Range(0, 500).Select(_ => client.GetAsync(Responder.Instance).AsTask()).ToArray();
        await Task.WhenAll(tasks).WaitAsync(Limit);

        Assert.That(tasks.Select(task => task.Result.Value.ToInt64()), Is.All.EqualTo(9));
        Assert.That(engine.Statistics.InFlight, Is.Zero);
        Assert.That(engine.Statistics.Waiting, Is.Zero);
    }

    [Test]
    public async Task Disposing_fails_the_requests_under_way_and_later_ones()
    {
        await using var responder = new Responder(static (_, _) => { });
        var client = _engine.CreateClient(responder.Target());
        var pending = client.GetAsync(Responder.Instance).AsTask();
        await responder.HasReceivedAsync(1).WaitAsync(Limit);

        await _engine.DisposeAsync().AsTask().WaitAsync(Limit);

        Assert.ThrowsAsync<ObjectDisposedException>(() => pending.WaitAsync(Limit));
        Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));
    }
}
