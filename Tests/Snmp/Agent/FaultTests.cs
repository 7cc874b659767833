using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class FaultTests : AgentFixture
{
    private const string FirstNames = Names.IfEntry + ".1";

    [Test]
    public async Task A_lost_answer_to_a_set_leaves_the_set_done()
    {
        var device = AddFaulty(new DeviceFaults { ReplyLoss = 1 });
        using var client = new RawClient(device.EndPoint) { Community = "private" };

        client.Send(PduType.Set, [new VarBind(Oid.Parse(Names.SysName), Text("renamed"))]);
        await UntilAsync(() => device.CountOf(FaultKind.ReplyLoss) == 1);
        device.Faults = DeviceFaults.None;

        Assert.That((await client.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("renamed")));
        Assert.That((device.RequestsSeen, device.InFlight), Is.EqualTo((2, 0)));
    }

    [TestCase(0)]
    [TestCase(20)]
    public async Task A_duplicated_answer_comes_twice_and_counts_once(int latency)
    {
        var device = AddFaulty(new DeviceFaults { Duplication = 1 });
        device.Latency = TimeSpan.FromMilliseconds(latency);
        using var client = new RawClient(device.EndPoint);

        var id = client.SendGet(Names.SysName);
        var answers = new[] { await client.ReceiveAsync(), await client.ReceiveAsync() };

        Assert.That(answers.Select(answer => (answer.RequestId, answer.Value)), Is.All.EqualTo((id, Text("r1"))));
        Assert.That((device.CountOf(FaultKind.Duplication), device.InFlight), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_reordered_answer_is_overtaken_by_the_next_one()
    {
        var device = AddFaulty(new DeviceFaults { Reordering = 1, ReorderingDelay = TimeSpan.FromSeconds(2) });
        using var client = new RawClient(device.EndPoint);

        var first = client.SendGet(Names.SysName);
        await UntilAsync(() => device.CountOf(FaultKind.Reordering) == 1);
        device.Faults = DeviceFaults.None;
        var second = client.SendGet(Names.SysName);
        var order = new[] { (await client.ReceiveAsync()).RequestId, (await client.ReceiveAsync()).RequestId };

        Assert.That(order, Is.EqualTo(new[] { second, first }));
    }

    [Test]
    public async Task Garbage_has_the_length_of_the_answer_and_none_of_its_meaning()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint);
        var right = await client.GetAsync(Names.SysName);
        device.Faults = new DeviceFaults { Garbage = 1 };

        client.SendGet(Names.SysName);
        var octets = await client.ReceiveOctetsAsync();

        Assert.That(octets, Has.Length.EqualTo(right.Length));
        Assert.That(SnmpMessageReader.TryRead(octets, out _), Is.Not.EqualTo(SnmpParseError.None));
        Assert.That(device.CountOf(FaultKind.Garbage), Is.EqualTo(1));
    }

    [Test]
    public async Task A_truncated_answer_has_lost_its_end()
    {
        var device = AddFaulty(new DeviceFaults { Truncation = 1 });
        using var client = new RawClient(device.EndPoint);

        client.SendGet(Names.SysDescr);
        var octets = await client.ReceiveOctetsAsync();

        Assert.That(octets[0], Is.EqualTo(0x30));
        Assert.That(octets.Length < 2 || octets[1] + 2 > octets.Length, "the message says that it is longer");
        Assert.That(device.CountOf(FaultKind.Truncation), Is.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_request_id_is_the_only_thing_wrong()
    {
        var device = AddFaulty(new DeviceFaults { WrongRequestId = 1 });
        using var client = new RawClient(device.EndPoint);

        var id = client.SendGet(Names.SysName);
        var answer = await client.ReceiveAsync();

        Assert.That(answer.RequestId, Is.Not.EqualTo(id));
        Assert.That(answer.Value, Is.EqualTo(Text("r1")));
        Assert.That(device.CountOf(FaultKind.WrongRequestId), Is.EqualTo(1));
    }

    [Test]
    public async Task A_set_that_is_refused_with_tooBig_changes_nothing()
    {
        var device = AddFaulty(new DeviceFaults { TooBig = 1 });
        using var client = new RawClient(device.EndPoint) { Community = "private" };

        var answer = await client.SetAsync((Names.SysName, Text("renamed")));

        Assert.That((answer.Status, answer.VarBinds.Count), Is.EqualTo((SnmpErrorStatus.TooBig, 0)));
        Assert.That(Expected.Value(device, Oid.Parse(Names.SysName)), Is.EqualTo(Text("r1")));
        Assert.That(device.CountOf(FaultKind.TooBig), Is.EqualTo(1));
    }

    [Test]
    public async Task More_varbinds_than_a_device_bears_are_tooBig_in_a_GETBULK_too()
    {
        var device = AddFaulty(new DeviceFaults { TooBigAbove = 2 });
        using var client = new RawClient(device.EndPoint);

        var two = await client.GetAsync(Names.SysName, Names.SysDescr);
        var three = await client.GetAsync(Names.SysName, Names.SysDescr, Names.SysContact);
        var bulk = await client.GetBulkAsync(0, 3, FirstNames);

        Assert.That(two.Status, Is.EqualTo(SnmpErrorStatus.NoError));
        Assert.That((three.Status, bulk.Status), Is.EqualTo((SnmpErrorStatus.TooBig, SnmpErrorStatus.TooBig)));
        Assert.That(device.CountOf(FaultKind.TooBig), Is.EqualTo(2));
    }

    [Test]
    public async Task A_page_ends_in_the_middle_of_a_row_where_the_device_has_enough()
    {
        var device = AddFaulty(new DeviceFaults { MaxVarBinds = 4 });
        using var client = new RawClient(device.EndPoint);
        string[] columns = [FirstNames, Names.IfEntry + ".2", Names.IfEntry + ".3"];

        var page = await client.GetBulkAsync(0, 2, columns);

        Assert.That(page.Names, Is.EqualTo(new[] { columns[0] + ".1", columns[1] + ".1", columns[2] + ".1", columns[0] + ".2" }));
        Assert.That(device.CountOf(FaultKind.ShortPage), Is.EqualTo(1));
        Assert.That((await client.GetBulkAsync(0, 1, columns)).VarBinds, Has.Count.EqualTo(3));
        Assert.That(device.CountOf(FaultKind.ShortPage), Is.EqualTo(1), "what is not cut is not counted");
    }

    [Test]
    public async Task Short_pages_keep_at_least_one_varbind_and_lose_at_least_one()
    {
        var device = AddFaulty(new DeviceFaults { ShortPages = 1 });
        using var client = new RawClient(device.EndPoint);

        for (var i = 0; i < 50; i++)
        {
            Assert.That((await client.GetBulkAsync(0, 10, FirstNames)).VarBinds, Has.Count.InRange(1, 9));
        }

        Assert.That(device.CountOf(FaultKind.ShortPage), Is.EqualTo(50));
    }

    [Test]
    public async Task The_largest_reply_may_shrink_while_the_agent_runs()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint);
        Assert.That((await client.GetBulkAsync(0, 200, Names.System)).Length, Is.GreaterThan(484));

        device.Faults = new DeviceFaults { MaxReplySize = 484 };

        Assert.That((await client.GetBulkAsync(0, 200, Names.System)).Length, Is.InRange(400, 484));
    }

    [Test]
    public async Task A_walk_that_passes_a_loop_goes_back()
    {
        var device = AddRecorded("1.3.1|2|1", "1.3.2|2|2", "1.3.3|2|3", "1.3.4|2|4");
        device.Faults = new DeviceFaults { Loop = new MibLoop(Oid.Parse("1.3.3"), Oid.Parse("1.3.2")) };
        using var client = new RawClient(device.EndPoint);

        Assert.That((await client.GetBulkAsync(0, 6, "1.3")).Names, Is.EqualTo(new[] { "1.3.1", "1.3.2", "1.3.3", "1.3.2", "1.3.3", "1.3.2" }));
        Assert.That((await client.GetNextAsync("1.3.3")).Names, Is.EqualTo(new[] { "1.3.2" }));
        Assert.That((await client.GetNextAsync("1.3.3.0")).Names, Is.EqualTo(new[] { "1.3.4" }));
        Assert.That(device.CountOf(FaultKind.Loop), Is.EqualTo(3));
    }

    [Test]
    public async Task A_loop_at_the_end_never_ends_and_one_of_a_single_name_repeats_it()
    {
        var device = AddRecorded("1.3.1|2|1", "1.3.2|2|2");
        device.Faults = new DeviceFaults { Loop = new MibLoop(Oid.Parse("1.3.2"), Oid.Parse("1.3.2")) };
        using var client = new RawClient(device.EndPoint);

        Assert.That((await client.GetBulkAsync(0, 4, "1.3.1")).Names, Is.All.EqualTo("1.3.2"));
    }

    private static readonly Action[] Impossible =
    [
        () => _ = new DeviceFaults { ReplyLoss = -0.1 },
        () => _ = new DeviceFaults { Garbage = double.NaN },
        () => _ = new DeviceFaults { Duplication = 1.1 },
        () => _ = new DeviceFaults { WrongMessageId = 2 },
        () => _ = new DeviceFaults { WrongDigest = -1 },
        () => _ = new DeviceFaults { StaleTime = 1.5 },
        () => _ = new DeviceFaults { CommitFailure = double.PositiveInfinity },
        () => _ = new DeviceFaults { UndoFailure = -0.5 },
        () => _ = new DeviceFaults { ReorderingDelay = TimeSpan.Zero },
        () => _ = new DeviceFaults { TooBigAbove = -1 },
        () => _ = new DeviceFaults { MaxVarBinds = 0 },
        () => _ = new DeviceFaults { MaxReplySize = 483 },
    ];

    [TestCaseSource(nameof(Impossible))]
    public void A_fault_that_cannot_be_is_refused(Action make) => Assert.That(() => make(), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private SimulatedDevice AddFaulty(DeviceFaults faults) =>
        Agent.Add(new SimulatedDeviceOptions { Name = "r1", Data = SyntheticDevice.Create("r1", seed: 1), Faults = faults });
}
