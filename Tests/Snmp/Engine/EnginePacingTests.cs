using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>How much one device gets at once, what becomes of one that is silent, and what the engine tells of each.</summary>
public sealed class EnginePacingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private Task<VarBind>[] Get(SnmpTarget target, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _engine.CreateClient(target).GetAsync(Responder.Instance).AsTask())];

    [TestCase(1)]
    [TestCase(3)]
    public async Task A_device_gets_no_more_requests_at_once_than_allowed(int allowed)
    {
        var held = new Queue<Request>();
        var most = 0;
        await using var responder = new Responder((responder, request) =>
        {
            held.Enqueue(request);
            most = Math.Max(most, held.Count);
            if (held.Count == allowed)
            {
                var first = held.Dequeue();
                responder.Reply(first, first.Answer(1));
            }
        });
        var gets = Get(responder.Target(Responder.Patient with { MaxInFlight = allowed }), 20);

        await responder.HasReceivedAsync(20).WaitAsync(Limit);

        Assert.That(most, Is.EqualTo(allowed));
        while (held.TryDequeue(out var last))
        {
            responder.Reply(last, last.Answer(1));
        }

        await Task.WhenAll(gets).WaitAsync(Limit);
    }

    [Test]
    public async Task The_requests_of_one_device_that_has_its_fill_do_not_hold_up_another()
    {
        await using var slow = new Responder(static (_, _) => { });
        await using var quick = Responder.Answering();
        var waiting = Get(slow.Target(Responder.Patient with { MaxInFlight = 1 }), 10);

        await Task.WhenAll(Get(quick.Target(), 10)).WaitAsync(Limit);

        Assert.That(waiting, Has.None.Matches<Task>(static task => task.IsCompleted));
    }

    [Test]
    public async Task A_request_within_the_interval_waits_and_its_deadline_counts()
    {
        await using var responder = Responder.Answering();
        var client = _engine.CreateClient(responder.Target(Responder.Patient with { MinInterval = TimeSpan.FromHours(1) }));
        await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(
            () => client.SendAsync(SnmpRequest.Get(Responder.Instance).Within(TimeSpan.FromMilliseconds(20))).AsTask().WaitAsync(Limit));

        Assert.That(error!.Attempts, Is.Zero);
        Assert.That(responder.Received, Is.EqualTo(1));
    }

    [Test]
    public async Task Requests_kept_apart_by_an_interval_all_come_through()
    {
        await using var responder = Responder.Answering();

        await Task.WhenAll(Get(responder.Target(Responder.Eager with { MinInterval = TimeSpan.FromMilliseconds(5) }), 20)).WaitAsync(Limit);

        Assert.That(_engine.Statistics.Requests, Is.EqualTo(20));
        Assert.That(_engine.Statistics.Waiting, Is.Zero);
    }

    [Test]
    public async Task A_walk_keeps_the_interval_too()
    {
        await using var responder = TableResponder.Start(20);
        var client = _engine.CreateClient(responder.Target(Responder.Patient with { MinInterval = TimeSpan.FromMilliseconds(2) }));
        var count = 0;

        await foreach (var _ in client.BulkWalkAsync(TableResponder.Root, 5))
        {
            count++;
        }

        Assert.That(count, Is.EqualTo(20));
    }

    [Test]
    public async Task A_silent_device_gets_one_request_at_a_time_until_it_answers()
    {
        var isAlive = false;
        var unanswered = 0;
        await using var responder = new Responder((responder, request) =>
        {
            if (Volatile.Read(ref isAlive))
            {
                responder.Reply(request, request.Answer(1));
            }
            else
            {
                unanswered++;
            }
        });
        var target = responder.Target(new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(20), Retries = 0 });
        Assert.ThrowsAsync<SnmpTimeoutException>(() => Get(target, 1)[0].WaitAsync(Limit));
        Assert.That(_engine.GetDeviceStatistics(responder.EndPoint)!.IsSilent, Is.True);

        var patient = responder.Target(Responder.Patient with { Retries = 1 });
        var gets = Get(patient, 10);
        await responder.HasReceivedAsync(2).WaitAsync(Limit);
        Assert.That(_engine.GetDeviceStatistics(responder.EndPoint)!.InFlight, Is.EqualTo(1));
        Volatile.Write(ref isAlive, true);
        var eager = Get(responder.Target(), 1);
        Assert.That(gets.Concat(eager), Has.None.Matches<Task>(static task => task.IsCompleted));
        Assert.That(unanswered, Is.EqualTo(2));
    }

    [Test]
    public async Task Dead_devices_do_not_keep_the_room_of_live_ones()
    {
        await using var engine = new SnmpEngine(new SnmpEngineOptions { ReceiveBufferSize = 4_096 });
        await using var live = Responder.Answering();
        using var dead = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        dead.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)dead.LocalEndPoint!).Port;
        var options = new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(30), Retries = 100, Backoff = 1.5 };
        using var abandoned = new CancellationTokenSource();
        var unanswered = Enumerable.Range(0, 40)
            .Select(_ => engine.CreateClient(new SnmpTarget(new IPEndPoint(IPAddress.Loopback, port), options))
                .GetAsync(Responder.Instance, abandoned.Token).AsTask())
            .ToArray();

        await engine.CreateClient(live.Target()).GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

        Assert.That(unanswered, Has.None.Matches<Task>(static task => task.IsCompleted));
        await abandoned.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => Task.WhenAll(unanswered).WaitAsync(Limit));
    }

    [Test]
    public async Task A_devices_figures_tell_of_its_requests_and_round_trips()
    {
        await using var responder = Responder.Answering();
        await using var other = Responder.Answering();
        await Task.WhenAll(Get(responder.Target(), 5)).WaitAsync(Limit);
        await Task.WhenAll(Get(other.Target(), 2)).WaitAsync(Limit);

        var figures = _engine.GetDeviceStatistics(responder.EndPoint)!;

        Assert.That(figures.Requests, Is.EqualTo(5));
        Assert.That(figures.Responses, Is.EqualTo(5));
        Assert.That(figures.Loss, Is.Zero);
        Assert.That(figures.ShortestRoundTrip, Is.Not.Null.And.LessThanOrEqualTo(figures.RoundTrip!));
        Assert.That(figures.LongestRoundTrip, Is.GreaterThanOrEqualTo(figures.RoundTrip!));
        Assert.That(_engine.GetDeviceStatistics().Select(static device => device.EndPoint), Is.EquivalentTo(new[] { responder.EndPoint, other.EndPoint }));
        Assert.That(_engine.GetDeviceStatistics(new IPEndPoint(IPAddress.Loopback, 1)), Is.Null);
    }
}
