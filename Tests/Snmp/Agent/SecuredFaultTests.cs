using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>Faults of a device that speaks SNMPv3: those of any version, and those of its own.</summary>
internal sealed class SecuredFaultTests : SecuredFixture
{
    [Test]
    public async Task A_wrong_msgID_is_the_only_thing_wrong()
    {
        var (device, client) = await MeetFaultyAsync(new DeviceFaults { WrongMessageId = 1 });
        using var _ = client;

        var answer = await client.GetAsync(Names.SysName);

        Assert.That(answer.MessageId, Is.Not.EqualTo(answer.RequestId));
        Assert.That((answer.Outcome, answer.Value), Is.EqualTo((UsmOutcome.Accepted, Text("r1"))));
        Assert.That(device.CountOf(FaultKind.WrongMessageId), Is.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_request_id_is_under_a_right_signature()
    {
        var (device, client) = await MeetFaultyAsync(new DeviceFaults { WrongRequestId = 1 });
        using var _ = client;

        var answer = await client.GetAsync(Names.SysName);

        Assert.That(answer.RequestId, Is.Not.EqualTo(answer.MessageId));
        Assert.That((answer.Outcome, answer.Value), Is.EqualTo((UsmOutcome.Accepted, Text("r1"))));
        Assert.That(device.CountOf(FaultKind.WrongRequestId), Is.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_digest_is_not_authentic_and_an_unsigned_Report_has_none_to_spoil()
    {
        var (device, client) = await MeetFaultyAsync(new DeviceFaults { WrongDigest = 1 });
        using var _ = client;

        Assert.That((await client.GetAsync(Names.SysName)).Outcome, Is.EqualTo(UsmOutcome.NotAuthentic));
        Assert.That((await client.DiscoverAsync()).VarBinds.Single().Oid.ToString(), Is.EqualTo(UnknownEngineIds));
        Assert.That(device.CountOf(FaultKind.WrongDigest), Is.EqualTo(1));
    }

    [TestCase(3_600, 1)]
    [TestCase(10, 0)]
    public async Task A_stale_answer_tells_a_time_before_the_window_and_is_signed_all_the_same(int upTime, int bootsNow)
    {
        var device = AddSecured(Admin);
        device.Restart();
        Clock.Advance(TimeSpan.FromSeconds(upTime));
        using var client = await MeetAsync(device);
        Assert.That((await client.GetAsync(Names.SysName)).Outcome, Is.EqualTo(UsmOutcome.Accepted));
        device.Faults = new DeviceFaults { StaleTime = 1 };

        var stale = await client.GetAsync(Names.SysName);
        device.Faults = DeviceFaults.None;
        var fresh = await client.GetAsync(Names.SysName);

        Assert.That(stale.Time, Is.EqualTo(bootsNow == 1 ? (2, upTime - 300) : (1, upTime)));
        Assert.That((stale.Outcome, fresh.Outcome), Is.EqualTo((UsmOutcome.TooOld, UsmOutcome.Accepted)));
        Assert.That(fresh.Time, Is.EqualTo((2, upTime)));
        Assert.That(device.CountOf(FaultKind.StaleTime), Is.EqualTo(1));
    }

    [Test]
    public async Task Lost_requests_change_no_counter_and_lost_answers_are_done()
    {
        var (device, client) = await MeetFaultyAsync(new DeviceFaults { ReplyLoss = 1 });
        using var _ = client;

        client.Send(PduType.Set, [new VarBind(Oid.Parse(Names.SysName), Text("renamed"))]);
        await UntilAsync(() => device.CountOf(FaultKind.ReplyLoss) == 1);
        (device.Faults, device.Loss) = (DeviceFaults.None, 1);
        client.Send(PduType.Get, UserClient.Reads(Names.SysName));
        await UntilAsync(() => device.Lost == 1);
        device.Loss = 0;

        Assert.That((await client.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("renamed")));
        Assert.That((device.RequestsSeen, device.InFlight), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Answers_and_Reports_come_twice_where_they_are_duplicated()
    {
        var (device, client) = await MeetFaultyAsync(new DeviceFaults { Duplication = 1 });
        using var _ = client;

        var answers = new[] { await client.GetAsync(Names.SysName), await client.ReceiveAsync() };
        var reports = new[] { await client.DiscoverAsync(), await client.ReceiveAsync() };

        Assert.That(answers.Select(answer => (answer.Outcome, answer.MessageId)), Is.All.EqualTo((UsmOutcome.Accepted, answers[0].MessageId)));
        Assert.That(reports.Select(report => report.VarBinds.Single().Value), Is.All.EqualTo(SnmpValue.Counter32(2)));
        Assert.That(device.InFlight, Is.Zero);
    }

    [Test]
    public async Task Garbage_and_truncated_answers_are_no_messages()
    {
        var (device, client) = await MeetFaultyAsync(new DeviceFaults { Garbage = 1 });
        using var _ = client;

        client.Send(PduType.Get, UserClient.Reads(Names.SysName));
        var garbage = await client.ReceiveOctetsAsync();
        device.Faults = new DeviceFaults { Truncation = 1 };
        client.Send(PduType.Get, UserClient.Reads(Names.SysName));
        var cut = await client.ReceiveOctetsAsync();

        Assert.That(SecuredMessageReader.TryRead(garbage, out var _), Is.Not.EqualTo(SnmpParseError.None));
        Assert.That(SecuredMessageReader.TryRead(cut, out var _), Is.Not.EqualTo(SnmpParseError.None));
    }

    [Test]
    public async Task TooBig_short_pages_and_loops_happen_under_protection_too()
    {
        var (device, client) = await MeetFaultyAsync(new DeviceFaults { TooBig = 1 });
        using var _ = client;

        var tooBig = await client.GetAsync(Names.SysName);
        device.Faults = new DeviceFaults { MaxVarBinds = 2 };
        var page = await client.GetBulkAsync(10, Names.System);
        device.Faults = new DeviceFaults { Loop = new MibLoop(Oid.Parse(Names.SysName), Oid.Parse(Names.SysContact)) };
        var loop = await client.GetBulkAsync(1, Names.SysName);

        Assert.That((tooBig.Outcome, tooBig.Status), Is.EqualTo((UsmOutcome.Accepted, SnmpErrorStatus.TooBig)));
        Assert.That(page.VarBinds, Has.Count.EqualTo(2));
        Assert.That(loop.VarBinds.Single().Oid.ToString(), Is.EqualTo(Names.SysContact));
    }

    private async Task<(SimulatedDevice Device, UserClient Client)> MeetFaultyAsync(DeviceFaults faults)
    {
        var device = AddSecured(Admin);
        var client = await MeetAsync(device);
        device.Faults = faults;
        return (device, client);
    }
}
