using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>Timeouts, deadlines, cancellation, and what a dead port tells.</summary>
public sealed class EngineWaitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    [Test]
    public async Task A_request_without_answer_times_out_after_all_attempts_and_says_what_was_tried()
    {
        await using var responder = new Responder(static (_, _) => { });
        var options = new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(20), Retries = 3, Community = new Secret("hidden") };
        var client = _engine.CreateClient(responder.Target(options));

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));

        Assert.That(error!.Attempts, Is.EqualTo(4));
        await responder.HasReceivedAsync(4).WaitAsync(Limit);
        Assert.That(error.EndPoint, Is.EqualTo(responder.EndPoint));
        Assert.That(error.Message, Does.Contain("lab-1").And.Contain("snmp").And.Contain("4 attempts").And.Contain("community").And.Not.Contain("hidden"));
        Assert.That(error.IsTransient, Is.True);
        Assert.That(_engine.Statistics.Timeouts, Is.EqualTo(1));
    }

    [Test]
    public async Task The_deadline_ends_a_request_before_its_attempts_are_used_up()
    {
        await using var responder = new Responder(static (_, _) => { });
        var options = new SnmpOptions { Timeout = TimeSpan.FromMinutes(10), Retries = 50, Deadline = TimeSpan.FromMilliseconds(50) };
        var client = _engine.CreateClient(responder.Target(options));

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));

        Assert.That(error!.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task A_request_that_waits_for_room_in_flight_keeps_its_deadline()
    {
        await using var engine = new SnmpEngine(new SnmpEngineOptions { MaxInFlight = 1 });
        await using var responder = new Responder(static (_, _) => { });
        using var cancellation = new CancellationTokenSource();
        var first = engine.CreateClient(responder.Target()).GetAsync(Responder.Instance, cancellation.Token).AsTask();
        await responder.HasReceivedAsync(1).WaitAsync(Limit);
        var hasty = responder.Target(Responder.Patient with { Deadline = TimeSpan.FromMilliseconds(50) });

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(
            () => engine.CreateClient(hasty).GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));

        Assert.That(error!.Attempts, Is.Zero);
        Assert.That(error.Message, Does.Contain("never sent"));
        await cancellation.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => first.WaitAsync(Limit));
    }

    [Test]
    public async Task A_set_is_not_sent_again_unless_asked_for()
    {
        await using var responder = new Responder(static (_, _) => { });
        var options = new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(20), Retries = 3, Backoff = 1 };
        var once = _engine.CreateClient(responder.Target(options));
        var again = _engine.CreateClient(responder.Target(options with { RetransmitsSets = true }));
        var value = SnmpValue.Integer32(1);

        Assert.ThrowsAsync<SnmpTimeoutException>(() => once.SetAsync(Responder.Instance, value).AsTask().WaitAsync(Limit));
        Assert.That(_engine.Statistics.Retransmissions, Is.Zero);
        Assert.ThrowsAsync<SnmpTimeoutException>(() => again.SetAsync(Responder.Instance, value).AsTask().WaitAsync(Limit));
        Assert.That(_engine.Statistics.Retransmissions, Is.EqualTo(3));
        await responder.HasReceivedAsync(5).WaitAsync(Limit);
        Assert.That(responder.Received, Is.EqualTo(5));
    }

    [Test]
    public async Task A_cancelled_request_ends_at_once_with_its_token_and_disturbs_no_other()
    {
        Request? held = null;
        await using var responder = new Responder((responder, request) =>
        {
            if (held is null)
            {
                held = request;
            }
            else
            {
                responder.Reply(request, request.Answer(5));
            }
        });
        var client = _engine.CreateClient(responder.Target());
        using var cancellation = new CancellationTokenSource();
        var cancelled = client.GetAsync(Responder.Instance, cancellation.Token).AsTask();
        await responder.HasReceivedAsync(1).WaitAsync(Limit);

        await cancellation.CancelAsync();

        var error = Assert.CatchAsync<OperationCanceledException>(() => cancelled.WaitAsync(Limit));
        Assert.That(error!.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That((await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(5));
        Assert.That(_engine.Statistics.InFlight, Is.Zero);
    }

    [Test]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        await using var responder = Responder.Answering();
        var client = _engine.CreateClient(responder.Target());

        Assert.CatchAsync<OperationCanceledException>(
            () => client.SendAsync(SnmpRequest.Get(Responder.Instance), new CancellationToken(true)).AsTask().WaitAsync(Limit));

        Assert.That(_engine.Statistics.Requests, Is.Zero);
    }

    [Test]
    public async Task Cancellation_at_any_moment_ends_each_request_once_and_harms_no_later_use()
    {
        await using var responder = Responder.Answering(5);
        var client = _engine.CreateClient(responder.Target());
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var tasks = Enumerable.Range(0, 20).Select(_ => client.GetAsync(Responder.Instance, cancellation.Token).AsTask()).ToArray();
            Thread.SpinWait(random.Next(20_000));
            await cancellation.CancelAsync();
            foreach (var task in tasks)
            {
                await ((Task)task).WaitAsync(Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Assert.That(task.IsCompletedSuccessfully || task.IsCanceled, Is.True);
                if (task.IsCompletedSuccessfully)
                {
                    Assert.That((await task).Value.ToInt64(), Is.EqualTo(5));
                }
            }
        }

        Assert.That((await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(5));
        Assert.That(_engine.Statistics.InFlight, Is.Zero);
    }

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [Platform("Linux")]
    public void A_dead_port_is_named_in_the_timeout_which_comes_early(string address)
    {
        var target = new SnmpTarget(DeadEndPoint(IPAddress.Parse(address)), new SnmpOptions { Timeout = TimeSpan.FromMinutes(10), Retries = 1 });

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(
            () => _engine.CreateClient(target).GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));

        Assert.That(error!.Attempts, Is.EqualTo(2));
        Assert.That(error.Message, Does.Contain($"nothing listens on {target.EndPoint} (port unreachable)"));
    }

    [Test]
    [Platform("Linux")]
    public async Task Dead_ports_fail_no_request_to_a_live_agent()
    {
        await using var responder = Responder.Answering(5);
        var live = _engine.CreateClient(responder.Target());
        var dead = _engine.CreateClient(new SnmpTarget(DeadEndPoint(IPAddress.Loopback), new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(50) }));

        var failing = Enumerable.Range(0, 50).Select(_ => dead.GetAsync(Responder.Instance).AsTask()).ToArray();
        for (var i = 0; i < 200; i++)
        {
            Assert.That((await live.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(5));
        }

        foreach (var task in failing)
        {
            Assert.ThrowsAsync<SnmpTimeoutException>(() => task.WaitAsync(Limit));
        }
    }

    [Test]
    public async Task An_answer_from_elsewhere_is_named_in_the_timeout()
    {
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var responder = new Responder((_, request) => stranger.SendTo(request.Answer(1), request.From));
        var client = _engine.CreateClient(responder.Target(Responder.Eager with { Retries = 2 }));

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));

        Assert.That(error!.Message, Does.Contain($"an answer came from {stranger.LocalEndPoint}"));
    }

    [Test]
    public async Task Code_that_blocks_on_a_further_request_does_not_hold_up_the_others()
    {
        await using var responder = Responder.Answering(1);
        var client = _engine.CreateClient(responder.Target());

        var tasks = Enumerable.Range(0, 6).Select(async _ =>
        {
            await client.GetAsync(Responder.Instance).ConfigureAwait(false);
            Assert.That(client.GetAsync(Responder.Instance).AsTask().Wait(Limit), Is.True);
        });

        await Task.WhenAll(tasks).WaitAsync(Limit);
        Assert.That(_engine.Statistics.Responses, Is.EqualTo(12));
    }

    [Test]
    public async Task A_small_receive_buffer_limits_what_is_in_flight_and_the_log_says_so_once()
    {
        var logger = new RecordingLogger();
        await using var engine = new SnmpEngine(new SnmpEngineOptions { ReceiveBufferSize = 4_096, Logger = logger });
        var most = 0;
        await using var responder = new Responder((responder, request) =>
        {
            most = Math.Max(most, engine.Statistics.InFlight);
            responder.Reply(request, request.Answer(5));
        });
        var client = engine.CreateClient(responder.Target());

        var tasks = Enumerable.Range(0, 500).Select(_ => client.GetAsync(Responder.Instance).AsTask()).ToArray();
        await Task.WhenAll(tasks).WaitAsync(Limit);

        Assert.That(most, Is.LessThan(100));
        Assert.That(logger.Messages, Has.Count.EqualTo(1));
        Assert.That(logger.Messages[0], Does.Contain("receive buffer").And.Contain("limits"));
    }

    private static IPEndPoint DeadEndPoint(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
