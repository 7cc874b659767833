using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Agent;
using Connections.Snmp.Tests.Walks;

namespace Connections.NetSnmp.Tests.Session;

/// <summary>Agents and networks that do what they should not: what the managed engine makes good, the engine's code makes good here too.</summary>
internal sealed class FaultTests : AgentFixture
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly SnmpOptions Patient = new() { Timeout = TimeSpan.FromSeconds(30) };
    private static readonly SnmpOptions Persistent = new() { Timeout = TimeSpan.FromMilliseconds(100), Retries = 100, Backoff = 1 };

    private static IEnumerable<DeviceFaults> Faults =>
    [
        DeviceFaults.None, new() { MaxVarBinds = 13 }, new() { ShortPages = 0.8 }, new() { MaxReplySize = 484 }, new() { TooBigAbove = 4 },
        new() { ShortPages = 0.5, MaxVarBinds = 50, TooBigAbove = 40 },
    ];

    [TestCaseSource(nameof(Faults))]
    public async Task Sparse_tables_in_pages_cut_anywhere_are_whole(DeviceFaults faults)
    {
        var table = new SyntheticTable { Rows = 40, Columns = 9, Seed = 3, Sparseness = 0.4, EndsEarly = true };
        var device = Agent.Add(new SimulatedDeviceOptions { Name = "awkward", Data = table.ToData(), Faults = faults, Seed = 3 });
        using var client = Session(device, Patient);

        foreach (var kind in Enum.GetValues<WalkKind>())
        {
            Assert.That(await TableWalk.SumAsync(client, table, kind), Is.EqualTo(device.ChecksumUnder(table.Entry)), kind.ToString());
        }
    }

    private static IEnumerable<DeviceFaults> Disturbances =>
    [
        new() { ReplyLoss = 0.3 }, new() { Duplication = 0.5 }, new() { Garbage = 0.3 }, new() { WrongRequestId = 0.3 }, new() { Truncation = 0.3 },
    ];

    [TestCaseSource(nameof(Disturbances))]
    public async Task What_the_network_loses_or_garbles_is_asked_again(DeviceFaults faults)
    {
        var data = SyntheticDevice.Create("r1", seed: 1, interfaces: 4);
        var device = Agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = data, Faults = faults, Seed = 5 });
        using var client = Session(device, Persistent);

        var walk = await client.WalkAsync("1.3.6.1.2.1.2.2").ToListAsync().AsTask().WaitAsync(Bound);

        var root = Oid.Parse("1.3.6.1.2.1.2.2");
        Assert.That(walk.Select(static varBind => varBind.Oid), Is.EqualTo(data.Select(static variable => variable.Oid).Where(oid => oid.StartsWith(root))));
    }

    [Test]
    public void OIDs_that_do_not_increase_end_a_walk_with_an_error_of_its_own()
    {
        var data = SyntheticDevice.Create("r1", seed: 1, interfaces: 4);
        var table = Oid.Parse("1.3.6.1.2.1.2.2.1.2");
        var device = Agent.Add(new SimulatedDeviceOptions
        {
            Name = "r1",
            Data = data,
            Faults = new DeviceFaults { Loop = new MibLoop(table.Append(3), table.Append(1)) },
        });
        using var client = Session(device, Patient);

        Assert.That(async () => await client.WalkAsync(table).ToListAsync().AsTask().WaitAsync(Bound), Throws.TypeOf<SnmpWalkException>());
    }

    [Test]
    public async Task A_request_for_nothing_is_answered_with_nothing()
    {
        var device = AddRouter();
        using var client = Session(device, Patient);

        var reply = await client.ExchangeAsync(EmptyRequest(), new(5_000, IsRepeated: false), CancellationToken.None);

        Assert.That(SnmpMessageReader.TryRead(reply.Message.Span, out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That((header.PduType, header.ErrorStatus, header.VarBinds.Length), Is.EqualTo((PduType.Response, SnmpErrorStatus.NoError, 0)));
    }

    [Test]
    public void What_is_no_request_is_refused_and_the_session_goes_on()
    {
        var device = AddRouter();
        using var client = Session(device, Patient);

        Assert.That(async () => await client.ExchangeAsync([0x30, 0x03, 1, 2, 3], new(5_000, IsRepeated: false), CancellationToken.None), Throws.TypeOf<SnmpException>());
        Assert.That(async () => await client.GetAsync(Names.SysName), Throws.Nothing);
    }

    [Test]
    public async Task A_wait_that_is_cancelled_ends_and_its_late_answer_is_nobody_elses()
    {
        var device = AddRouter();
        using var client = Session(device, new SnmpOptions { Timeout = TimeSpan.FromMinutes(10), Retries = 0 });
        await client.GetAsync(Names.SysName).AsTask().WaitAsync(Bound);
        using var cancellation = new CancellationTokenSource();
        device.Latency = TimeSpan.FromSeconds(1);
        var call = Task.Run(async () => await client.GetAsync(Names.SysDescr, cancellation.Token));
        await UntilAsync(() => device.InFlight == 1);

        await cancellation.CancelAsync();

        Assert.That(async () => await call.WaitAsync(Bound), Throws.InstanceOf<OperationCanceledException>());
        device.Latency = TimeSpan.Zero;
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await client.GetAsync(Names.SysName).AsTask().WaitAsync(Bound)).Oid.ToString(), Is.EqualTo(Names.SysName));
    }

    private static SessionClient Session(SimulatedDevice device, SnmpOptions options) => new(new SnmpTarget(device.EndPoint, options, "r1", "snmp"));

    private static byte[] EmptyRequest()
    {
        var buffer = new byte[100];
        Assert.That(SnmpMessageWriter.TryWrite(buffer, SnmpVersion.V2c, [], PduType.Get, 1, 0, 0, ReadOnlySpan<Oid>.Empty, out var length, out _), Is.True);
        return buffer[..length];
    }
}
