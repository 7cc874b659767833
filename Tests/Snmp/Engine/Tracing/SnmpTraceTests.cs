using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Engine.Tracing;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.Tracing;

public sealed class SnmpTraceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private RecordingLogger _logger = null!;
    private SnmpEngine _engine = null!;
    private CollectingSink _sink = null!;

    [SetUp]
    public void MakeEngine()
    {
        _logger = new RecordingLogger();
        _engine = new SnmpEngine(new SnmpEngineOptions { Logger = _logger });
        _sink = new CollectingSink();
    }

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private Task<VarBind> GetAsync(Responder responder, SnmpOptions? options = null) =>
        _engine.CreateClient(responder.Target(options)).GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);

    [Test]
    public async Task What_is_sent_and_received_is_there_with_time_direction_and_ends()
    {
        await using var responder = Responder.Answering(42);
        var before = DateTimeOffset.UtcNow;
        await using (_engine.StartTrace(responder.EndPoint, _sink))
        {
            await GetAsync(responder);
        }

        Assert.That(_sink.Datagrams.Select(static datagram => datagram.IsSent), Is.EqualTo(new[] { true, false }));
        var (request, response) = (_sink.Datagrams[0], _sink.Datagrams[1]);
        Assert.That((request.Device, response.Device), Is.EqualTo((responder.EndPoint, responder.EndPoint)));
        Assert.That(request.Local.Address, Is.EqualTo(IPAddress.Loopback));
        Assert.That(response.Local, Is.EqualTo(request.Local));
        Assert.That(request.Time, Is.InRange(before, DateTimeOffset.UtcNow));
        Assert.That(response.Time, Is.GreaterThanOrEqualTo(request.Time));
        Assert.That(request.Summary, Does.Match($@"^v2c community \*\*\*\* Get -?\d+: {Responder.Instance}$"));
        Assert.That(response.Summary, Does.Match($@"^v2c community \*\*\*\* Response -?\d+: {Responder.Instance} = 42$"));
    }

    [Test]
    public async Task Text_never_has_the_community_and_octets_have()
    {
        await using var responder = Responder.Answering();
        await using (_engine.StartTrace(responder.EndPoint, _sink))
        {
            await GetAsync(responder, Responder.Patient with { Community = new("sesame-street") });
        }

        Assert.That(_sink.Datagrams.Select(static datagram => datagram.ToString()), Has.None.Contains("sesame"));
        Assert.That(_sink.Datagrams[0].Octets.Span.IndexOf("sesame-street"u8), Is.Positive);
    }

    [Test]
    public async Task Retransmissions_walks_and_garbage_from_the_device_are_traced_too()
    {
        var requests = 0;
        await using var responder = new Responder((self, request) =>
        {
            if (Interlocked.Increment(ref requests) == 2)
            {
                self.Reply(request, [1, 2, 3]);
                self.Reply(request, request.Answer(1));
            }
        });
        await using (_engine.StartTrace(responder.EndPoint, _sink))
        {
            await GetAsync(responder, Responder.Eager);
        }

        Assert.That(_sink.Datagrams.Count(static datagram => datagram.IsSent), Is.GreaterThanOrEqualTo(2));
        var received = _sink.Datagrams.Where(static datagram => !datagram.IsSent).Select(static datagram => datagram.Summary).ToArray();
        Assert.That(received[0], Does.StartWith("no SNMP message ("));
        Assert.That(received[1], Does.Contain("Response"));
    }

    [Test]
    public async Task Requests_that_user_code_makes_on_delivery_are_traced()
    {
        await using var responder = Responder.Answering();
        var client = _engine.CreateClient(responder.Target());
        await using (_engine.StartTrace(responder.EndPoint, _sink))
        {
            for (var i = 0; i < 50; i++)
            {
                await client.GetAsync(Responder.Instance).ConfigureAwait(false);
            }
        }

        Assert.That(_sink.Datagrams, Has.Count.EqualTo(100));
    }

    [Test]
    public async Task An_encrypted_PDU_is_told_in_clear_and_traced_as_it_travels()
    {
        var user = new SnmpUser("alice")
        {
            Authentication = AuthenticationProtocol.Sha1,
            AuthenticationKey = UsmKey.Password("maplesyrup"),
            Privacy = PrivacyProtocol.Aes128,
            PrivacyKey = UsmKey.Password("pancakes-with-syrup"),
        };
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = SyntheticDevice.Create("r1", seed: 1), Users = [new SimulatedUser(user)] });
        var client = _engine.CreateClient(new SnmpTarget(device.EndPoint, Responder.Patient with { Version = SnmpVersion.V3, User = user }));
        await using (_engine.StartTrace(device.EndPoint, _sink))
        {
            await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit);
            await client.BulkWalkAsync("1.3.6.1.2.1.1").ToListAsync().AsTask().WaitAsync(Limit);
        }

        var encrypted = _sink.Datagrams.Where(static datagram => datagram.Summary.Contains(" encrypted ", StringComparison.Ordinal)).ToArray();
        Assert.That(encrypted[0].Summary, Does.Match($"^v3 message -?\\d+ encrypted user 'alice' engine [0-9A-F]+ boots \\d+ time \\d+ Get {Responder.Instance}$"));
        Assert.That(encrypted[1].Summary, Does.Match($"context '' Response -?\\d+: {Responder.Instance} = r1$"));
        Assert.That(encrypted[2].Summary, Does.EndWith(" GetBulk 1.3.6.1.2.1.1"));
        Assert.That(_sink.Datagrams.Select(static datagram => datagram.IsSent), Is.EqualTo(Enumerable.Range(0, _sink.Datagrams.Count).Select(static i => i % 2 == 0)));
        Assert.That(encrypted.Select(static datagram => datagram.Octets.Span.IndexOf("r1"u8)), Has.All.Negative);
    }

    [Test]
    public async Task Other_devices_are_not_traced_and_two_traces_of_one_see_the_same()
    {
        await using var other = Responder.Answering();
        await using var responder = Responder.Answering();
        var second = new CollectingSink();
        await using (_engine.StartTrace(responder.EndPoint, _sink))
        await using (_engine.StartTrace(responder.EndPoint, second))
        {
            await GetAsync(other);
            await GetAsync(responder);
        }

        await GetAsync(responder);

        Assert.That(_sink.Datagrams, Has.Count.EqualTo(2));
        Assert.That(second.Datagrams.Select(static datagram => datagram.Summary), Is.EqualTo(_sink.Datagrams.Select(static datagram => datagram.Summary)));
    }

    [Test]
    public async Task A_sink_that_throws_ends_its_trace_and_nothing_else()
    {
        await using var responder = Responder.Answering();
        var sink = new FailingSink();
        await using var trace = _engine.StartTrace(responder.EndPoint, sink);
        await GetAsync(responder);
        await sink.Failed.WaitAsync(Limit);
        await trace.DisposeAsync();

        await GetAsync(responder);

        Assert.That(trace.Failure, Is.TypeOf<IOException>());
        Assert.That(_logger.Messages, Has.One.Contains(responder.EndPoint.ToString()));
    }

    [Test]
    public async Task A_sink_that_hangs_loses_datagrams_and_holds_up_nobody()
    {
        await using var responder = Responder.Answering();
        var sink = new HangingSink();
        var trace = _engine.StartTrace(responder.EndPoint, sink);
        var client = _engine.CreateClient(responder.Target());
        for (var i = 0; i < 60; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetAsync(Responder.Instance).AsTask())).WaitAsync(Limit);
        }

        Assert.That(trace.Dropped, Is.Positive);
        sink.GoOn();
        await trace.DisposeAsync().AsTask().WaitAsync(Limit);
        Assert.That(trace.Dropped + sink.Count, Is.EqualTo(2 * 60 * 50));
    }

    private sealed class FailingSink : ISnmpTraceSink
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Failed => _failed.Task;

        public ValueTask WriteAsync(SnmpDatagram datagram)
        {
            _failed.TrySetResult();
            throw new IOException("The disk is full.");
        }

        public ValueTask FlushAsync() => ValueTask.CompletedTask;
    }

    private sealed class HangingSink : ISnmpTraceSink
    {
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal int Count { get; private set; }

        internal void GoOn() => _release.SetResult();

        public async ValueTask WriteAsync(SnmpDatagram datagram)
        {
            await _release.Task;
            Count++;
        }

        public ValueTask FlushAsync() => ValueTask.CompletedTask;
    }
}
