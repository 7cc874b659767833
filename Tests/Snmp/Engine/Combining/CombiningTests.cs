using System.Collections.Concurrent;
using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.Combining;

/// <summary>GETs that wait for their turn travel in one request; each caller gets its own answer, whatever becomes of the others.</summary>
public sealed class CombiningTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid Column = Oid.Parse("1.3.6.1.4.1.99999.3");

    private static readonly SnmpOptions Combining = Responder.Patient with { MaxInFlight = 1, MaxCombined = 50 };

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private static Oid Row(int row) => Column.Append((uint)row);

    // The value of an instance is its row, so that what reaches the wrong caller shows.
    private static byte[] Answer(Request request) =>
        request.Response([.. request.VarBinds.Select(static varBind => new VarBind(varBind.Oid, (int)varBind.Oid[varBind.Oid.Count - 1]))]);

    /// <summary>An agent that keeps its first request until told, so that further ones wait.</summary>
    private sealed class Gate : IAsyncDisposable
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Func<Request, byte[]?> _answer;

        internal Gate(Func<Request, byte[]?>? answer = null)
        {
            _answer = answer ?? Answer;
            Responder = new Responder((self, request) =>
            {
                Requests.Enqueue(request);
                if (Requests.Count == 1)
                {
                    _open.Task.ContinueWith(_ => self.Reply(request, Answer(request)), TaskScheduler.Default);
                }
                else if (_answer(request) is { } answer)
                {
                    self.Reply(request, answer);
                }
            });
        }

        internal ConcurrentQueue<Request> Requests { get; } = new();

        internal Responder Responder { get; }

        internal IEnumerable<int> Sizes => Requests.Skip(1).Select(static request => request.VarBinds.Count);

        internal void Open() => _open.SetResult();

        public ValueTask DisposeAsync() => Responder.DisposeAsync();
    }

    /// <summary>Occupies the device with one GET, and has others wait behind it.</summary>
    private async Task<List<Task<VarBind>>> QueueAsync(Gate gate, SnmpOptions options, int count, CancellationToken cancellationToken = default)
    {
        var client = _engine.CreateClient(gate.Responder.Target(options));
        var calls = new List<Task<VarBind>> { client.GetAsync(Row(0), CancellationToken.None).AsTask() };
        await gate.Responder.HasReceivedAsync(1).WaitAsync(Limit, CancellationToken.None);
        calls.AddRange(Enumerable.Range(1, count).Select(row => client.GetAsync(Row(row), row == 1 ? cancellationToken : default).AsTask()));
        await Eventually.UntilAsync(() => _engine.Statistics.Waiting == count);
        return calls;
    }

    private static async Task AssertAllAnsweredAsync(IEnumerable<Task<VarBind>> calls)
    {
        var answers = await Task.WhenAll(calls).WaitAsync(Limit);
        foreach (var (oid, value) in answers)
        {
            Assert.That(value, Is.EqualTo(SnmpValue.Integer32((int)oid[oid.Count - 1])));
        }
    }

    [Test]
    public async Task What_waits_for_a_device_travels_in_one_request_and_reaches_its_callers()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Combining, 30);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Sizes, Is.EqualTo(new[] { 30 }));
        var statistics = _engine.Statistics;
        Assert.That((statistics.Combined, statistics.Requests, statistics.Responses), Is.EqualTo((29, 31, 31)));
        Assert.That(_engine.GetDeviceStatistics(gate.Responder.EndPoint)!.Loss, Is.Zero);
    }

    [Test]
    public async Task No_more_varbinds_than_allowed_are_combined()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Combining with { MaxCombined = 12 }, 30);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Sizes, Is.EqualTo(new[] { 12, 12, 6 }));
    }

    [Test]
    public async Task By_default_each_goes_by_itself()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Responder.Patient with { MaxInFlight = 1 }, 10);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Sizes, Is.EqualTo(Enumerable.Repeat(1, 10)));
        Assert.That(_engine.Statistics.Combined, Is.Zero);
    }

    [Test]
    public async Task What_asks_for_several_objects_gets_all_of_its_own()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Combining, 2);
        var several = _engine.CreateClient(gate.Responder.Target(Combining)).GetAsync([Row(100), Row(101), Row(102)]).AsTask();
        var single = _engine.CreateClient(gate.Responder.Target(Combining)).GetAsync(Row(7)).AsTask();
        await Eventually.UntilAsync(() => _engine.Statistics.Waiting == 4);

        gate.Open();

        Assert.That((await several.WaitAsync(Limit)).Select(static varBind => varBind.Value.ToInt64()), Is.EqualTo(new[] { 100, 101, 102 }));
        await AssertAllAnsweredAsync([.. calls, single]);
        Assert.That(gate.Sizes, Is.EqualTo(new[] { 6 }));
    }

    [TestCase(SnmpErrorStatus.TooBig)]
    [TestCase(SnmpErrorStatus.GenErr)]
    [TestCase(SnmpErrorStatus.NoAccess)]
    public async Task A_combined_request_that_is_refused_is_sent_one_by_one(SnmpErrorStatus status)
    {
        await using var gate = new Gate(request => request.VarBinds.Count > 1 ? request.Error(status, 1) : Answer(request));
        var calls = await QueueAsync(gate, Combining, 8);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Sizes, Is.EqualTo(new[] { 8 }.Concat(Enumerable.Repeat(1, 8))));
    }

    [Test]
    public async Task An_error_reaches_the_caller_that_it_concerns_alone()
    {
        await using var gate = new Gate(request =>
            request.VarBinds.Any(static varBind => varBind.Oid == Row(3)) ? request.Error(SnmpErrorStatus.NoSuchName, request.VarBinds.Count > 1 ? 3 : 1) : Answer(request));
        var calls = await QueueAsync(gate, Combining with { Version = SnmpVersion.V1 }, 5);

        gate.Open();

        await AssertAllAnsweredAsync(calls.Where((_, row) => row != 3));
        Assert.That(
            async () => await calls[3].WaitAsync(Limit),
            Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(SnmpErrorStatus.NoSuchName).And.Property("Oid").EqualTo(Row(3)));
    }

    [Test]
    public async Task A_combined_request_that_is_lost_is_sent_one_by_one()
    {
        await using var gate = new Gate(static request => request.VarBinds.Count > 1 ? null : Answer(request));
        var calls = await QueueAsync(gate, Combining with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 50, Backoff = 1 }, 6);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
    }

    [Test]
    public async Task An_answer_that_is_cut_or_holds_other_objects_answers_nobody()
    {
        await using var gate = new Gate(request => request.VarBinds.Count switch
        {
            1 => Answer(request),
            _ when request.Id % 2 == 0 => request.Response([.. request.VarBinds.Select(static varBind => new VarBind(varBind.Oid, 666)).Reverse()]),
            _ => request.Response([.. request.VarBinds.Select(static varBind => new VarBind(varBind.Oid, 666)).SkipLast(1)]),
        });
        var calls = await QueueAsync(gate, Combining with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 50, Backoff = 1 }, 6);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(_engine.Statistics.Foreign, Is.Positive);
    }

    [Test]
    public async Task A_set_is_never_combined_and_keeps_its_place()
    {
        await using var gate = new Gate(static request => request.Type == PduType.Set ? request.Response([.. request.VarBinds]) : Answer(request));
        var calls = await QueueAsync(gate, Combining, 3);
        var client = _engine.CreateClient(gate.Responder.Target(Combining));
        var set = client.SetAsync(Row(50), 50).AsTask();
        await Eventually.UntilAsync(() => _engine.Statistics.Waiting == 4);
        calls.AddRange(Enumerable.Range(60, 4).Select(row => client.GetAsync(Row(row)).AsTask()));
        await Eventually.UntilAsync(() => _engine.Statistics.Waiting == 8);

        gate.Open();

        await AssertAllAnsweredAsync(calls.Append(set));
        Assert.That(gate.Requests.Select(static request => (request.Type, request.VarBinds.Count)), Is.EqualTo(new[]
        {
            (PduType.Get, 1), (PduType.Get, 3), (PduType.Set, 1), (PduType.Get, 4),
        }));
    }

    [Test]
    public async Task What_is_asked_in_another_name_is_not_combined()
    {
        await using var gate = new Gate();
        var calls = await QueueAsync(gate, Combining, 2);
        var other = _engine.CreateClient(gate.Responder.Target(Combining with { Community = new("another") }));
        var same = _engine.CreateClient(gate.Responder.Target(Combining with { Community = new("public") }));
        calls.Add(same.GetAsync(Row(3)).AsTask());
        calls.Add(other.GetAsync(Row(4)).AsTask());
        calls.Add(other.GetAsync(Row(5)).AsTask());
        await Eventually.UntilAsync(() => _engine.Statistics.Waiting == 5);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Requests.Skip(1).Select(static request => (request.Community, request.VarBinds.Count)), Is.EqualTo(new[] { ("public", 3), ("another", 2) }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Cancelling_one_leaves_the_others_their_answers(bool whileUnderWay)
    {
        var release = new TaskCompletionSource();
        await using var gate = new Gate(request =>
        {
            release.Task.WaitAsync(Limit).GetAwaiter().GetResult();
            return Answer(request);
        });
        using var cancellation = new CancellationTokenSource();
        var calls = await QueueAsync(gate, Combining, 6, cancellation.Token);
        if (whileUnderWay)
        {
            gate.Open();
            await Eventually.UntilAsync(() => gate.Requests.Count == 2);
        }

        await cancellation.CancelAsync();
        Assert.That(async () => await calls[1].WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        release.SetResult();
        if (!whileUnderWay)
        {
            gate.Open();
        }

        await AssertAllAnsweredAsync(calls.Where((_, row) => row != 1));
        Assert.That(gate.Sizes, Is.EqualTo(new[] { whileUnderWay ? 6 : 5 }));
    }

    [Test]
    public async Task A_deadline_ends_its_own_call_alone()
    {
        var release = new TaskCompletionSource();
        await using var gate = new Gate(request =>
        {
            release.Task.WaitAsync(Limit).GetAwaiter().GetResult();
            return Answer(request);
        });
        var calls = await QueueAsync(gate, Combining, 3);
        var hasty = _engine.CreateClient(gate.Responder.Target(Combining)).SendAsync(SnmpRequest.Get(Row(9)).Within(TimeSpan.FromMilliseconds(300))).AsTask();
        gate.Open();

        Assert.That(async () => await hasty.WaitAsync(Limit), Throws.TypeOf<SnmpTimeoutException>());
        release.SetResult();
        await AssertAllAnsweredAsync(calls);
    }

    [Test]
    public async Task Silence_is_told_to_each_with_its_attempts()
    {
        await using var gate = new Gate(static _ => null);
        var calls = await QueueAsync(gate, Combining with { Timeout = TimeSpan.FromMilliseconds(500), Retries = 0 }, 4);
        gate.Open();

        foreach (var call in calls.Skip(1))
        {
            Assert.That(async () => await call.WaitAsync(Limit), Throws.TypeOf<SnmpTimeoutException>().With.Property("Attempts").EqualTo(1));
        }
    }

    [Test]
    public async Task Disposing_the_engine_ends_all_that_are_combined()
    {
        await using var gate = new Gate(static _ => null);
        var calls = await QueueAsync(gate, Combining, 4);
        gate.Open();
        await Eventually.UntilAsync(() => gate.Requests.Count == 2);

        await _engine.DisposeAsync();

        foreach (var call in calls.Skip(1))
        {
            Assert.That(async () => await call.WaitAsync(Limit), Throws.TypeOf<ObjectDisposedException>());
        }
    }

    [Test]
    public async Task Cancellations_at_any_moment_never_mix_up_answers()
    {
        await using var responder = new Responder(static (self, request) => self.Reply(request, Answer(request)));
        var client = _engine.CreateClient(responder.Target(Combining with { MaxInFlight = 2 }));
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var sources = Enumerable.Range(0, 30).Select(static _ => new CancellationTokenSource()).ToArray();
            var calls = sources.Select((source, row) => client.GetAsync(Row(row), source.Token).AsTask()).ToArray();
            foreach (var source in random.GetItems(sources, 10))
            {
                await source.CancelAsync();
            }

            foreach (var (call, row) in calls.Select(static (call, row) => (call, row)))
            {
                await ((Task)call).WaitAsync(Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Assert.That(call.IsCanceled ? row : (await call).Value.ToInt64(), Is.EqualTo(row));
            }

            Array.ForEach(sources, static source => source.Dispose());
        }

        Assert.That(_engine.Statistics.Combined, Is.Positive);
        Assert.That((_engine.Statistics.InFlight, _engine.Statistics.Waiting), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_thousand_callers_of_an_agent_take_a_fraction_of_the_packets_also_in_SNMPv3()
    {
        var user = new SnmpUser("alice")
        {
            Authentication = AuthenticationProtocol.Sha1,
            AuthenticationKey = UsmKey.Password("maplesyrup"),
            Privacy = PrivacyProtocol.Aes128,
            PrivacyKey = UsmKey.Password("pancakes-with-syrup"),
        };
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = SyntheticDevice.Create("r1", seed: 1, interfaces: 1_000), Users = [user] });
        foreach (var version in new[] { SnmpVersion.V2c, SnmpVersion.V3 })
        {
            var options = Combining with { MaxInFlight = 4, Version = version, User = version == SnmpVersion.V3 ? user : null };
            var client = _engine.CreateClient(new SnmpTarget(device.EndPoint, options));
            var before = device.RequestsSeen;

            var indexes = await Task.WhenAll(Enumerable.Range(1, 1_000).Select(row => client.GetAsync($"1.3.6.1.2.1.2.2.1.1.{row}").AsTask())).WaitAsync(Limit);

            Assert.That(indexes.Select(static varBind => varBind.Value.ToInt64()), Is.EqualTo(Enumerable.Range(1, 1_000)));
            Assert.That(device.RequestsSeen - before, Is.LessThan(250));
        }

        Assert.That(_engine.Statistics.Combined, Is.GreaterThan(1_500));
    }
}
