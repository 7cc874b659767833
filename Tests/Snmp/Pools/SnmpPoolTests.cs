using System.Net;
using Connections.Pooling;
using Connections.Pools;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Pools;

/// <summary>A pool of SNMP workers under one alias, as a user meets it: through a device, its manager and an interface.</summary>
public sealed class SnmpPoolTests
{
    private const int Callers = 200;
    private const int Workers = 5;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");
    private static readonly ConnectionClasses Classes = new ConnectionClasses().Add<SnmpConnection>("snmp");

    [Test]
    public async Task Callers_are_served_in_the_order_they_asked_by_at_most_as_many_workers_as_there_are()
    {
        await using var relay = new UdpRelay(TestServer.Snmpd, holdsAnswers: true);
        await using var device = await ConnectAsync(relay.EndPoint);
        var client = device.Get<ISnmpClient>("snmp");
        var pool = device.Connections.GetPool("snmp");

        var calls = new List<Task<IReadOnlyList<VarBind>>>();
        var arrived = new List<Oid>();
        for (var caller = 0; caller < Callers; caller++)
        {
            calls.Add(client.GetAsync([SysDescr, Mark(caller)]).AsTask());
            if (caller < Workers)
            {
                arrived.Add(await relay.NextRequestAsync().WaitAsync(Bound));
            }
            else
            {
                await BecomesAsync(() => pool.Statistics.Waiting, caller - Workers + 1);
            }
        }

        for (var caller = Workers; caller < Callers; caller++)
        {
            Assert.That(relay.InFlight, Is.EqualTo(Workers));
            relay.ReleaseOne();
            arrived.Add(await relay.NextRequestAsync().WaitAsync(Bound));
        }

        for (var worker = 0; worker < Workers; worker++)
        {
            relay.ReleaseOne();
        }

        var answers = await Task.WhenAll(calls).WaitAsync(Bound);
        Assert.That(arrived, Is.EqualTo(Enumerable.Range(0, Callers).Select(Mark)));
        Assert.That(relay.MaxInFlight, Is.EqualTo(Workers));
        for (var caller = 0; caller < Callers; caller++)
        {
            AssertRight(answers[caller], caller);
        }

        var statistics = pool.Statistics;
        Assert.That((statistics.Served, statistics.Idle, statistics.Waiting, statistics.TimedOut), Is.EqualTo((Callers, Workers, 0, 0)));
        Assert.That(statistics.Created, Is.EqualTo(Workers));
    }

    [Test]
    public async Task Callers_at_full_speed_never_exceed_the_workers_and_get_their_own_answers()
    {
        await using var relay = new UdpRelay(TestServer.Snmpd, holdsAnswers: false);
        await using var device = await ConnectAsync(relay.EndPoint);
        var client = device.Get<ISnmpClient>("snmp");

        var calls = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () => await client.GetAsync([SysDescr, Mark(caller)])));
        var answers = await Task.WhenAll(calls).WaitAsync(Bound);

        Assert.That(relay.MaxInFlight, Is.InRange(1, Workers));
        for (var caller = 0; caller < Callers; caller++)
        {
            AssertRight(answers[caller], caller);
        }
    }

    [Test]
    public async Task Leases_are_granted_in_the_order_of_their_tickets()
    {
        await using var device = await ConnectAsync(TestServer.Snmpd);
        var pool = device.Connections.GetPool("snmp");
        var held = new Queue<ConnectionLease<ISnmpClient>>();
        var waiting = new Queue<Task<ConnectionLease<ISnmpClient>>>();
        for (var caller = 0; caller < Callers; caller++)
        {
            var lease = Task.Run(async () => await device.LeaseAsync<ISnmpClient>("snmp"));
            if (caller < Workers)
            {
                held.Enqueue(await lease.WaitAsync(Bound));
            }
            else
            {
                waiting.Enqueue(lease);
                await BecomesAsync(() => pool.Statistics.Waiting, waiting.Count);
            }
        }

        var tickets = new List<long>(held.Select(static lease => lease.Ticket));
        while (waiting.TryDequeue(out var next))
        {
            Assert.That(next.IsCompleted, Is.False);
            held.Dequeue().Dispose();
            var lease = await next.WaitAsync(Bound);
            Assert.That(waiting.Any(static later => later.IsCompleted), Is.False, "A later caller was served first.");
            AssertRight(await lease.Client.GetAsync([SysDescr, Mark(tickets.Count)]).AsTask().WaitAsync(Bound), tickets.Count);
            tickets.Add(lease.Ticket);
            held.Enqueue(lease);
        }

        foreach (var lease in held)
        {
            lease.Dispose();
        }

        Assert.That(tickets, Is.EqualTo(Enumerable.Range(0, Callers).Select(caller => tickets[0] + caller)));
    }

    [Test]
    public async Task Late_callers_of_a_slow_device_are_told_who_holds_the_workers_and_the_pool_serves_on()
    {
        await using var agent = new SnmpAgent();
        var slow = agent.Add(new SimulatedDeviceOptions { Name = "slow", Data = SyntheticDevice.Create("slow", seed: 1) });
        await using var device = await ConnectAsync(slow.EndPoint, poolTimeout: TimeSpan.FromMilliseconds(50));
        var client = device.Get<ISnmpClient>("snmp");

        slow.Latency = TimeSpan.FromSeconds(3);
        var served = Enumerable.Range(0, Workers).Select(_ => client.GetAsync(SysDescr).AsTask()).ToList();
        await BecomesAsync(() => slow.InFlight, Workers);
        var late = Enumerable.Range(0, 20).Select(_ => client.GetAsync(SysDescr).AsTask()).ToList();

        foreach (var call in late)
        {
            Assert.That(
                async () => await call.WaitAsync(Bound),
                Throws.TypeOf<PoolTimeoutException>().With.Property("Device").EqualTo("router-1")
                    .And.Message.Contains("snmp").And.Message.Contains("router-1").And.Message.Contains("5").And.Message.Contains("SendAsync")
                    .And.Property("Holders").Count.EqualTo(Workers));
        }

        Assert.That(await Task.WhenAll(served).WaitAsync(Bound), Has.Length.EqualTo(Workers).And.All.Matches<VarBind>(IsDescription));
        slow.Latency = TimeSpan.Zero;
        for (var call = 0; call < 20; call++)
        {
            Assert.That(IsDescription(await client.GetAsync(SysDescr).AsTask().WaitAsync(Bound)), Is.True);
        }

        var statistics = device.Connections.GetPool("snmp").Statistics;
        Assert.That((statistics.TimedOut, statistics.Served, statistics.Live), Is.EqualTo((20, Workers + 20, Workers)));
        Assert.That(slow.MaxInFlight, Is.EqualTo(Workers));
    }

    [Test]
    public async Task A_walk_over_a_pool_lets_other_callers_in_between_its_pages()
    {
        await using var agent = new SnmpAgent();
        var router = agent.Add(new SimulatedDeviceOptions { Name = "router", Data = SyntheticDevice.Create("router", seed: 1, interfaces: 50) });
        await using var device = await ConnectAsync(router.EndPoint, poolSize: 1);
        var client = device.Get<ISnmpClient>("snmp");

        var walked = 0;
        await foreach (var varBind in client.BulkWalkAsync(Oid.Parse("1.3.6.1.2.1.2.2"), 10))
        {
            Assert.That((await client.GetAsync(varBind.Oid).AsTask().WaitAsync(Bound)).Oid, Is.EqualTo(varBind.Oid));
            walked++;
        }

        Assert.That(walked, Is.GreaterThan(500));
    }

    private static async Task<Device> ConnectAsync(IPEndPoint agent, int poolSize = Workers, TimeSpan? poolTimeout = null)
    {
        var connection = TestConnection.Settings(agent, timeout: TimeSpan.FromSeconds(60), retries: 0);
        var settings = connection with { PoolSize = poolSize, PoolTimeout = poolTimeout };
        var device = new Device(
            new DeviceSettings { Name = settings.DeviceName, Connections = new Dictionary<string, ConnectionSettings> { ["snmp"] = settings } }, Classes);
        await device.ConnectAsync("snmp").WaitAsync(Bound);
        return device;
    }

    // An instance that no device has, by which the answer of each caller is known from all others.
    private static Oid Mark(int caller) => Oid.Parse("1.3.6.1.2.1.1.1").Append(1000 + (uint)caller);

    private static void AssertRight(IReadOnlyList<VarBind> answer, int caller) => Assert.That(answer, Is.EqualTo(new[]
    {
        new VarBind(SysDescr, SnmpValue.OctetString("A real snmpd for the tests of Connections")),
        new VarBind(Mark(caller), SnmpValue.NoSuchInstance),
    }));

    private static bool IsDescription(VarBind varBind) => varBind.Oid == SysDescr && varBind.Value.ToText().Length > 0;

    private static async Task BecomesAsync(Func<int> read, int expected)
    {
        using var limit = new CancellationTokenSource(Bound);
        while (read() != expected)
        {
            Assert.That(limit.IsCancellationRequested, Is.False, $"It is {read()} and does not become {expected}.");
            await Task.Yield();
        }
    }
}
