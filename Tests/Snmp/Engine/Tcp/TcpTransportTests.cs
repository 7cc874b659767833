using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Transport.Streams;

namespace Connections.Snmp.Tests.Engine.Tcp;

/// <summary>One connection to each agent, many requests on it, and what becomes of them when it breaks (RFC 3430).</summary>
public sealed class TcpTransportTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Instance = Responder.Instance;

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine(new SnmpEngineOptions { Streams = new StreamSocketOptions { Patience = TimeSpan.FromMilliseconds(300) } });

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private Task<VarBind> GetAsync(TcpResponder responder, Oid oid, SnmpOptions? options = null) =>
        _engine.CreateClient(responder.Target(options)).GetAsync(oid).AsTask();

    private static VarBind[] Last(Request request) =>
        [.. request.VarBinds.Select(static varBind => new VarBind(varBind.Oid, (int)varBind.Oid[varBind.Oid.Count - 1]))];

    [Test]
    public async Task Many_requests_share_one_connection_and_replies_in_any_order_find_theirs()
    {
        var held = new ConcurrentStack<(TcpResponder.Peer Peer, Request Request)>();
        await using var responder = new TcpResponder((peer, request) =>
        {
            held.Push((peer, request));
            if (held.Count == 200)
            {
                // The last asked first, several in one segment.
                peer.Send([.. held.SelectMany(static entry => entry.Request.Response(Last(entry.Request)))]);
            }
        });

        var answers = await Task.WhenAll(Enumerable.Range(1, 200).Select(row => GetAsync(responder, Instance.Append((uint)row)))).WaitAsync(Limit);

        Assert.That(answers.Select(static answer => answer.Value), Is.EqualTo(Enumerable.Range(1, 200).Select(SnmpValue.Integer32)));
        Assert.That(responder.Accepted, Is.EqualTo(1));
        Assert.That(_engine.Statistics.Retransmissions, Is.Zero);
    }

    [Test]
    public async Task A_request_is_sent_once_on_a_connection_that_lasts_however_slow_the_agent_is()
    {
        var received = 0;
        var release = new TaskCompletionSource();
        await using var responder = new TcpResponder((peer, request) =>
        {
            Interlocked.Increment(ref received);
            if (request.Oid == Instance)
            {
                release.Task.ContinueWith(_ => peer.Send(request.Answer(7)), TaskScheduler.Default);
            }
            else
            {
                peer.Send(request.Answer(1));
            }
        });
        var slow = GetAsync(responder, Instance, Responder.Eager with { Retries = 100 });

        // Far longer than an attempt over UDP would wait.
        for (var i = 0u; i < 200; i++)
        {
            await GetAsync(responder, Instance.Append(i)).WaitAsync(Limit);
        }

        release.SetResult();
        Assert.That((await slow.WaitAsync(Limit)).Value, Is.EqualTo(SnmpValue.Integer32(7)));
        Assert.That((received, _engine.Statistics.Retransmissions), Is.EqualTo((201, 0)));
    }

    [Test]
    public async Task Requests_in_flight_are_sent_again_when_the_connection_breaks()
    {
        await using var responder = new TcpResponder((peer, request) =>
        {
            if (peer.Number < 3)
            {
                peer.Close();
            }
            else
            {
                peer.Send(request.Response(Last(request)));
            }
        });

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(row => GetAsync(responder, Instance.Append((uint)row)))).WaitAsync(Limit);

        Assert.That(answers.Select(static answer => answer.Value), Is.EqualTo(Enumerable.Range(1, 20).Select(SnmpValue.Integer32)));
        Assert.That(responder.Accepted, Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task A_connection_that_was_closed_while_idle_is_made_anew()
    {
        await using var responder = new TcpResponder((peer, request) =>
        {
            peer.Send(request.Answer(peer.Number));
            peer.Close();
        });

        for (var round = 1; round <= 5; round++)
        {
            Assert.That((await GetAsync(responder, Instance).WaitAsync(Limit)).Value.ToInt64(), Is.LessThanOrEqualTo(responder.Accepted));
        }

        Assert.That(responder.Accepted, Is.GreaterThanOrEqualTo(5));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_set_is_sent_again_only_where_that_is_allowed(bool retransmitsSets)
    {
        var received = 0;
        await using var responder = new TcpResponder((peer, request) =>
        {
            if (Interlocked.Increment(ref received) == 1)
            {
                peer.Close();
            }
            else
            {
                peer.Send(request.Response([.. request.VarBinds]));
            }
        });
        var client = _engine.CreateClient(responder.Target(Responder.Patient with { Retries = 3, RetransmitsSets = retransmitsSets }));

        var set = client.SetAsync(Instance, 5).AsTask().WaitAsync(Limit);

        if (retransmitsSets)
        {
            Assert.That((await set).Value, Is.EqualTo(SnmpValue.Integer32(5)));
        }
        else
        {
            Assert.That(
                async () => await set, Throws.TypeOf<SnmpTimeoutException>().With.Property("Attempts").EqualTo(1).And.Message.Contains("may be set all the same"));
        }

        Assert.That(received, Is.EqualTo(retransmitsSets ? 2 : 1));
    }

    [Test]
    public async Task An_agent_that_closes_every_connection_is_given_up_after_all_attempts()
    {
        await using var responder = new TcpResponder(static (peer, _) => peer.Close());

        Assert.That(
            async () => await GetAsync(responder, Instance).WaitAsync(Limit),
            Throws.TypeOf<SnmpTimeoutException>().With.Property("Attempts").EqualTo(4).And.Message.Contains("the connection ended"));
    }

    [Test]
    public async Task A_port_where_nothing_listens_is_an_error_that_says_so()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var target = new SnmpTarget((IPEndPoint)socket.LocalEndPoint!, Responder.Patient with { Transport = SnmpTransport.Tcp, Retries = 2 });

        Assert.That(
            async () => await _engine.CreateClient(target).GetAsync(Instance).AsTask().WaitAsync(Limit),
            Throws.TypeOf<SnmpTimeoutException>().With.Property("Attempts").EqualTo(3).And.Message.Contains($"nothing listens on {target.EndPoint}"));
    }

    [TestCase(50)]
    [TestCase(null)]
    public async Task A_connection_that_nobody_accepts_ends_with_the_deadline_or_with_the_attempts(int? deadline)
    {
        // A queue of one that is full: the system drops further requests to connect.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!).WaitAsync(Limit);
        var options = Responder.Patient with
        {
            Transport = SnmpTransport.Tcp,
            Retries = 1,
            Deadline = deadline is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        };

        Assert.That(
            async () => await _engine.CreateClient(new SnmpTarget((IPEndPoint)listener.LocalEndPoint!, options)).GetAsync(Instance).AsTask().WaitAsync(Limit),
            Throws.TypeOf<SnmpTimeoutException>().With.Property("Attempts").EqualTo(deadline is null ? 2 : 1));
    }

    [TestCase("308000")]
    [TestCase("3000308000")]
    [TestCase("30850000000001")]
    [TestCase("3084FFFFFFFF")]
    [TestCase("30847FFFFFFF")]
    [TestCase("3083010000")]
    [TestCase("0201000201")]
    [TestCase("474554202F20485454502F312E310D0A")]
    public async Task What_cannot_be_cut_into_messages_ends_its_connection_and_the_next_one_serves(string hostile)
    {
        await using var responder = new TcpResponder(
            (peer, request) => peer.Send(peer.Number == 1 ? Convert.FromHexString(hostile) : request.Answer(1)));

        Assert.That((await GetAsync(responder, Instance).WaitAsync(Limit)).Value, Is.EqualTo(SnmpValue.Integer32(1)));
        Assert.That(responder.Accepted, Is.EqualTo(2));
    }

    [Test]
    public async Task Half_a_reply_does_not_hold_up_its_connection_for_ever()
    {
        await using var responder = new TcpResponder((peer, request) =>
        {
            var answer = request.Answer(9);
            peer.Send(peer.Number == 1 ? answer[..^3] : answer);
        });

        Assert.That((await GetAsync(responder, Instance).WaitAsync(Limit)).Value, Is.EqualTo(SnmpValue.Integer32(9)));
        Assert.That(responder.Accepted, Is.EqualTo(2));
    }

    [Test]
    public async Task After_a_request_that_was_never_answered_the_next_one_gets_a_new_connection()
    {
        await using var responder = new TcpResponder(static (peer, request) =>
        {
            if (peer.Number > 1)
            {
                peer.Send(request.Answer(2));
            }
        });

        Assert.That(
            async () => await GetAsync(responder, Instance, Responder.Eager with { Retries = 1 }).WaitAsync(Limit), Throws.TypeOf<SnmpTimeoutException>());
        Assert.That((await GetAsync(responder, Instance).WaitAsync(Limit)).Value, Is.EqualTo(SnmpValue.Integer32(2)));
    }

    [Test]
    public async Task A_flood_of_messages_that_nobody_asked_for_makes_the_sender_wait_and_nobody_else()
    {
        await using var responder = new TcpResponder(static (peer, request) =>
        {
            var stray = request.Response([.. request.VarBinds], id: 1);
            peer.Send([.. Enumerable.Repeat(stray, 5_000).SelectMany(static octets => octets), .. request.Answer(3)]);
        });

        Assert.That((await GetAsync(responder, Instance).WaitAsync(Limit)).Value, Is.EqualTo(SnmpValue.Integer32(3)));
        Assert.That(_engine.Statistics.Late, Is.EqualTo(5_000));
    }

    [Test]
    public async Task Cancelling_one_request_leaves_the_connection_to_the_others()
    {
        await using var responder = new TcpResponder(static (peer, request) =>
        {
            if (request.Oid != Instance)
            {
                peer.Send(request.Answer(1));
            }
        });
        using var cancellation = new CancellationTokenSource();
        var cancelled = _engine.CreateClient(responder.Target()).GetAsync(Instance, cancellation.Token).AsTask();
        await GetAsync(responder, Instance.Append(1)).WaitAsync(Limit);

        await cancellation.CancelAsync();

        Assert.That(async () => await cancelled.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        await GetAsync(responder, Instance.Append(2)).WaitAsync(Limit);
        Assert.That(responder.Accepted, Is.EqualTo(1));
    }

    [Test]
    public async Task Large_pages_arrive_whole()
    {
        var tree = new TreeResponder(Enumerable.Range(1, 3_000).Select(static row => Instance.Append((uint)row)));
        var largest = 0;
        await using var responder = new TcpResponder((peer, request) =>
        {
            var answer = tree.Answer(request);
            largest = Math.Max(largest, answer.Length);
            peer.Send(answer);
        });

        var walked = await _engine.CreateClient(responder.Target(Responder.Patient with { MaxReplySize = 60_000 }))
            .BulkWalkAsync(Instance).ToListAsync().AsTask().WaitAsync(Limit);

        Assert.That(walked.Select(static varBind => varBind.Value), Is.EqualTo(Enumerable.Range(1, 3_000).Select(SnmpValue.Integer32)));
        Assert.That(largest, Is.GreaterThan(16_384));
        Assert.That(responder.Accepted, Is.EqualTo(1));
    }
}
