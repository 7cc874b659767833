using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>What the meter <c>Connections</c> says of an engine.</summary>
public sealed class EngineMetricsTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private InstrumentReadings _instruments = null!;
    private SnmpEngine _engine = null!;

    [SetUp]
    public void Start()
    {
        _instruments = new InstrumentReadings();
        _engine = new SnmpEngine();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _engine.DisposeAsync();
        _instruments.Dispose();
    }

    [Test]
    public void Every_instrument_is_there_and_begins_at_zero()
    {
        var readings = _instruments.Read();

        Assert.That(readings.Keys, Is.EquivalentTo(new[]
        {
            "connections.snmp.requests", "connections.snmp.retransmissions", "connections.snmp.responses", "connections.snmp.timeouts",
            "connections.snmp.late", "connections.snmp.foreign", "connections.snmp.unparsable", "connections.snmp.discoveries",
            "connections.snmp.reports", "connections.snmp.combined", "connections.snmp.sent",
            "connections.snmp.received", "connections.snmp.in_flight",
        }));
        Assert.That(readings.Values, Is.All.Zero);
    }

    [Test]
    public async Task Requests_responses_and_octets_are_counted()
    {
        var (asked, answered) = (0L, 0L);
        await using var responder = new Responder((responder, request) =>
        {
            var answer = request.Answer(1);
            answered += answer.Length;
            asked += answer.Length - 1; // Null has no content, the Integer32 1 has one octet.
            responder.Reply(request, answer);
        });
        var client = _engine.CreateClient(responder.Target());
        for (var i = 0; i < 25; i++)
        {
            await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Bound);
        }

        AssertReads(("requests", 25), ("responses", 25), ("sent", asked), ("received", answered), ("in_flight", 0), ("timeouts", 0), ("retransmissions", 0));
    }

    [Test]
    public async Task Retransmissions_and_timeouts_are_counted()
    {
        await using var responder = new Responder(static (_, _) => { });
        var client = _engine.CreateClient(responder.Target(new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(20), Retries = 3 }));

        Assert.That(async () => await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Bound), Throws.InstanceOf<SnmpTimeoutException>());

        await responder.HasReceivedAsync(4).WaitAsync(Bound);
        AssertReads(("requests", 1), ("retransmissions", 3), ("timeouts", 1), ("responses", 0), ("in_flight", 0));
    }

    [Test]
    public async Task Duplicates_are_late_other_senders_and_communities_foreign_and_garbage_unparsable()
    {
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var responder = new Responder((responder, request) =>
        {
            stranger.SendTo(request.Answer(666), request.From);
            responder.Reply(request, request.Response([.. request.VarBinds], community: "other"));
            responder.Reply(request, [0x30]);
            responder.Reply(request, [1, 2, 3]);
            responder.Reply(request, request.Answer(1));
            responder.Reply(request, request.Answer(1));
        });
        var client = _engine.CreateClient(responder.Target());

        // The second answer of the first request comes before the first one of the second.
        await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Bound);
        await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Bound);
        await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Bound);

        var readings = _instruments.Read();
        Assert.That(readings["connections.snmp.foreign"], Is.EqualTo(6));
        Assert.That(readings["connections.snmp.unparsable"], Is.EqualTo(6));
        Assert.That(readings["connections.snmp.late"], Is.InRange(2, 3));
        Assert.That(readings["connections.snmp.responses"], Is.EqualTo(3));
    }

    [Test]
    public async Task Requests_in_flight_are_told_while_they_are()
    {
        await using var responder = new Responder(static (_, _) => { });
        var client = _engine.CreateClient(responder.Target());
        using var cancel = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 7).Select(_ => client.GetAsync(Responder.Instance, cancel.Token).AsTask()).ToArray();
        await responder.HasReceivedAsync(7).WaitAsync(Bound);

        AssertReads(("in_flight", 7), ("timeouts", 0));

        await cancel.CancelAsync();
        Assert.That(async () => await Task.WhenAll(calls).WaitAsync(Bound), Throws.InstanceOf<OperationCanceledException>());
        AssertReads(("in_flight", 0), ("requests", 7), ("timeouts", 0), ("responses", 0));
    }

    [Test]
    public async Task Each_page_of_a_walk_is_a_request()
    {
        await using var responder = TableResponder.Start(rows: 200);
        var client = _engine.CreateClient(responder.Target());

        var walked = await client.BulkWalkAsync(TableResponder.Root).ToListAsync().AsTask().WaitAsync(Bound);

        Assert.That(walked, Has.Count.EqualTo(200));
        await responder.HasReceivedAsync((int)_engine.Statistics.Requests).WaitAsync(Bound);
        AssertReads(("requests", responder.Received), ("responses", responder.Received));
    }

    [Test]
    public async Task An_engine_that_is_disposed_of_says_no_more()
    {
        await _engine.DisposeAsync();

        Assert.That(_instruments.Read(), Is.Empty);
    }

    private void AssertReads(params (string Name, long Value)[] expected)
    {
        var readings = _instruments.Read();
        Assert.That(expected.Select(entry => (entry.Name, readings[$"connections.snmp.{entry.Name}"])), Is.EqualTo(expected));
    }
}
