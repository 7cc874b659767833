using System.Runtime.CompilerServices;
using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Collection;

/// <summary>How a collection flows: slow readers, limits, cancellation, leaving early.</summary>
public sealed class CollectorFlowTests : CollectorFixture
{
    private static readonly SyntheticTable Large = new() { Rows = 20_000, Columns = 8 };
    private static readonly SyntheticTable Small = new() { Rows = 20, Columns = 4 };

    private SnmpClient? _witness;

    [SetUp]
    public void ForgetWitness() => _witness = null;

    [Test]
    public async Task A_slow_reader_stops_the_asking_and_gets_everything_all_the_same()
    {
        var devices = AddDevices(4, Large.ToData());
        var shape = new CollectShape(CollectKind.Walk, Columns(Large));
        var collector = Collector(new CollectorOptions { MaxUnread = 2 }, Quick with { Timeout = TimeSpan.FromSeconds(10) });
        var collected = new Collected();
        using var limit = new CancellationTokenSource(Limit);
        await using var blocks = collector.CollectAsync(Requests(devices, shape), limit.Token).GetAsyncEnumerator(limit.Token);

        for (var read = 0; read < 3; read++)
        {
            Assert.That(await blocks.MoveNextAsync(), Is.True);
            collected.Add(blocks.Current);
            await UntilQuietAsync(devices);

            // Two wait, one is read, one is being written; what was on its way belongs to the latter.
            Assert.That(collector.Progress.Running, Is.EqualTo(4));
            var before = Asked(devices);
            await UntilQuietAsync(devices);
            Assert.That(Asked(devices), Is.EqualTo(before), "nothing is asked while two blocks wait");
            Assert.That(before, Is.LessThan(PagesOf(read + 5)));
        }

        while (await blocks.MoveNextAsync())
        {
            collected.Add(blocks.Current);
            blocks.Current.Dispose();
        }

        Assert.That(devices.Select(device => collected.ChecksumOf(device.Name)), Is.All.EqualTo(Truth(devices[0].Data)));
    }

    [TestCase(1)]
    [TestCase(3)]
    public async Task No_device_has_more_requests_at_once_than_allowed(int limit)
    {
        var most = 0;
        var devices = AddDevices(3, Small.ToData(), static options => options with { Latency = TimeSpan.FromMilliseconds(3) });
        var running = new Dictionary<string, int>();
        var targets = new CollectTargets(Engine, Quick);
        var collector = new SnmpCollector(
            async (request, token) => new CountingClient(await targets.FindAsync(request, token), change =>
            {
                lock (running)
                {
                    running[request.Target] = running.GetValueOrDefault(request.Target) + change;
                    most = Math.Max(most, running[request.Target]);
                }
            }),
            new CollectorOptions { MaxPerDevice = limit });
        var shape = new CollectShape(CollectKind.Walk, [Small.Entry]);

        var collected = await CollectAsync(collector, Enumerable.Range(0, 60).Select(i => new CollectRequest($"{i}", devices[i % 3].EndPoint.ToString(), shape)));

        Assert.That(collected.Results.Values.Select(static result => result.Outcome), Is.All.EqualTo(CollectOutcome.Succeeded));
        Assert.That(most, Is.EqualTo(limit));
    }

    [Test]
    public async Task A_client_that_returns_values_is_collected_from_too()
    {
        var device = AddDevices(1, Small.ToData())[0];
        var values = new ValueClient(Engine.CreateClient(new SnmpTarget(device.EndPoint, Quick)));
        var instance = Small.Entry.Append(1, 1);
        var collector = new SnmpCollector((_, _) => ValueTask.FromResult<ISnmpClient>(values));

        var collected = await CollectAsync(
            collector, [CollectRequest.Walk("walk", "device", Columns(Small)), CollectRequest.Get("get", "device", instance)]);

        Assert.That(collected.ChecksumOf("walk"), Is.EqualTo(Truth(device.Data)));
        Assert.That(collected.VarBindsOf("get").Single(), Is.EqualTo(new VarBind(instance, device.Data[0].Value)));
    }

    [Test]
    public async Task A_connection_and_its_blocks_give_what_its_values_give()
    {
        var device = AddDevices(1, Small.ToData())[0];
        await using var connection = await Operations.TestConnection.OpenAsync(device.EndPoint, SnmpVersion.V2c).WaitAsync(Limit);
        var collected = new Collected();

        await foreach (var block in connection.CollectBlocksAsync("device", new CollectShape(CollectKind.Walk, [Small.Entry])))
        {
            collected.Add(block);
            block.Dispose();
        }

        Assert.That(collected.ChecksumOf("device"), Is.EqualTo(Truth(device.Data)));
    }

    [Test]
    public async Task Results_come_while_the_source_still_waits()
    {
        var device = AddDevices(1, Small.ToData())[0];
        var goOn = new TaskCompletionSource();
        using var limit = new CancellationTokenSource(Limit);
        await using var blocks = Collector().CollectAsync(Source(), limit.Token).GetAsyncEnumerator(limit.Token);

        Assert.That(await blocks.MoveNextAsync(), Is.True);
        Assert.That(blocks.Current.Requests.Single().Id, Is.EqualTo("first"));
        goOn.SetResult();
        Assert.That(await blocks.MoveNextAsync(), Is.True);
        Assert.That(blocks.Current.Requests.Single().Id, Is.EqualTo("second"));
        Assert.That(await blocks.MoveNextAsync(), Is.False);

        async IAsyncEnumerable<CollectRequest> Source()
        {
            yield return CollectRequest.Get("first", device.EndPoint.ToString(), Small.Entry.Append(1, 1));
            await goOn.Task;
            yield return CollectRequest.Get("second", device.EndPoint.ToString(), Small.Entry.Append(1, 1));
        }
    }

    [Test]
    public async Task Cancelling_ends_a_collection_of_devices_that_never_answer()
    {
        var devices = AddDevices(50, Small.ToData(), static options => options with { Loss = 1 });
        var shape = new CollectShape(CollectKind.Walk, Columns(Small));
        var collector = Collector(snmp: Quick with { Timeout = TimeSpan.FromMinutes(10) });
        using var stop = new CancellationTokenSource();
        var reading = collector.CollectAsync(Requests(devices, shape), stop.Token).CountAsync().AsTask();
        await UntilAsync(() => collector.Progress.Running == devices.Count);

        await stop.CancelAsync();

        Assert.That(async () => await reading.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(collector.Progress.Running, Is.Zero);
        Assert.That(Engine.Statistics.InFlight, Is.Zero);
    }

    [Test]
    public async Task Leaving_the_loop_early_ends_the_collection()
    {
        var devices = AddDevices(8, Large.ToData());
        var collector = Collector(new CollectorOptions { MaxUnread = 1 });
        await foreach (var block in collector.CollectAsync(Requests(devices, new CollectShape(CollectKind.Walk, Columns(Large)))))
        {
            block.Dispose();
            break;
        }

        Assert.That(collector.Progress.Running, Is.Zero);
        Assert.That(Engine.Statistics.InFlight, Is.Zero);
    }

    [Test]
    public async Task What_the_source_throws_reaches_the_reader()
    {
        var collector = Collector();

        Assert.That(
            async () => await collector.CollectAsync(Broken()).CountAsync().AsTask().WaitAsync(Limit),
            Throws.InvalidOperationException.With.Message.EqualTo("the source broke"));

        static async IAsyncEnumerable<CollectRequest> Broken([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return CollectRequest.Get("a", "127.0.0.1:1", Small.Entry);
            throw new InvalidOperationException("the source broke");
        }
    }

    private static IEnumerable<CollectRequest> Requests(IEnumerable<SimulatedDevice> devices, CollectShape shape) =>
        devices.Select(device => new CollectRequest(device.Name, device.EndPoint.ToString(), shape));

    private static long Asked(IEnumerable<SimulatedDevice> devices) => devices.Sum(static device => device.RequestsSeen);

    // So many pages of 1,400 octets hold more than that many blocks.
    private static int PagesOf(int blocks) => blocks * ResultBlockWriter.UsualLength / 700;

    /// <summary>Waits until the devices have been asked for nothing more for many turns of the engine's and the agent's threads.</summary>
    private async Task UntilQuietAsync(IReadOnlyList<SimulatedDevice> devices)
    {
        var seen = -1L;
        for (var quiet = 0; quiet < 50; quiet++)
        {
            var asked = Asked(devices);
            quiet = asked == seen ? quiet : 0;
            seen = asked;
            await WitnessAsync();
        }
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        for (var turn = 0; !condition(); turn++)
        {
            Assert.That(turn, Is.LessThan(10_000));
            await WitnessAsync();
        }
    }

    // A request to another device, through the same engine and agent.
    private async Task WitnessAsync()
    {
        _witness ??= Engine.CreateClient(new SnmpTarget(AddDevices(1, Small.ToData(), static options => options with { Name = "witness" })[0].EndPoint, Quick));
        await _witness.GetAsync(Small.Entry.Append(1, 1)).AsTask().WaitAsync(Limit);
    }

    /// <summary>Counts calls under way, whose results it passes on.</summary>
    private sealed class CountingClient(ISnmpClient inner, Action<int> count) : ISnmpClient
    {
        public async ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default) =>
            await inner.SendAsync(request, cancellationToken);

        public async ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default)
        {
            count(1);
            try
            {
                return await inner.CollectAsync(request, cancellationToken);
            }
            finally
            {
                count(-1);
            }
        }
    }

    /// <summary>A client that knows nothing of blocks, as one over another SNMP library would be.</summary>
    private sealed class ValueClient(ISnmpClient inner) : ISnmpClient
    {
        public ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default) =>
            inner.SendAsync(SnmpRequest.Get([.. Enumerable.Range(0, request.Count).Select(i => request[i].Oid)]), cancellationToken);

        public async ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default)
        {
            var burst = await inner.CollectAsync(new WalkRequest { Roots = request.Roots, Cursor = request.Cursor, MaxReplies = request.MaxReplies }, cancellationToken);
            return new WalkResult([.. burst.VarBinds], burst.Next);
        }
    }
}
