using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>What the agent refuses, how it says so, and that it counts.</summary>
internal sealed class ReportTests : SecuredFixture
{
    [Test]
    public async Task A_discovery_tells_the_engine_its_clock_and_nothing_is_counted_as_a_request()
    {
        var device = Agent.Add(Template with { Boots = 3 });
        using var client = new UserClient(Admin, device.EndPoint, Clock);

        var answer = await client.DiscoverAsync();

        Assert.That(answer.Outcome, Is.EqualTo(UsmOutcome.EngineDiscovered));
        Assert.That(client.Session.Peer.EngineId, Is.EqualTo(device.EngineId));
        Assert.That(answer.Time, Is.EqualTo((3, device.EngineTime)));
        Assert.That(answer.VarBinds, Is.EqualTo(new[] { new VarBind(Oid.Parse(UnknownEngineIds), SnmpValue.Counter32(1)) }));
        Assert.That((device.Reports, device.RequestsSeen, device.InFlight), Is.EqualTo((1, 0, 0)));
    }

    [TestCase(UsmOutcome.UnknownUserName, UnknownUserNames)]
    [TestCase(UsmOutcome.WrongDigest, WrongDigests)]
    [TestCase(UsmOutcome.UnsupportedSecurityLevel, UnsupportedLevels)]
    public async Task A_mistake_is_reported_without_protection_by_its_own_counter(UsmOutcome expected, string counter)
    {
        var device = AddSecured(expected == UsmOutcome.UnsupportedSecurityLevel ? Admin with { Privacy = PrivacyProtocol.None, PrivacyKey = null } : Admin);
        using var client = await MeetAsync(device, expected switch
        {
            UsmOutcome.UnknownUserName => Protocol.Usm.Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "nobody"),
            UsmOutcome.WrongDigest => Admin with { AuthenticationKey = UsmKey.Password("another password") },
            _ => Admin,
        });

        var first = await client.GetAsync(Names.SysName);
        var second = await client.GetAsync(Names.SysName);

        Assert.That((first.Outcome, second.Outcome), Is.EqualTo((expected, expected)));
        Assert.That((first.Flags, first.RequestId), Is.EqualTo((SecuredFlags.None, 0)), "the PDU was not decrypted, so its request-id is not known");
        Assert.That(second.VarBinds, Is.EqualTo(new[] { new VarBind(Oid.Parse(counter), SnmpValue.Counter32(2)) }));
        Assert.That(Expected.Value(device, Oid.Parse(counter)), Is.EqualTo(SnmpValue.Counter32(2)));
    }

    [Test]
    public async Task A_message_of_another_time_is_reported_with_a_signature()
    {
        var device = AddSecured(Admin);
        using var client = await MeetAsync(device);
        client.Session.Peer.Synchronize(device.Boots, device.EngineTime + 151);

        var refused = await client.GetAsync(Names.SysName);
        client.Session.Peer.Synchronize(device.Boots, device.EngineTime + 150);
        var accepted = await client.GetAsync(Names.SysName);

        Assert.That(refused.Flags, Is.EqualTo(SecuredFlags.Authenticated));
        Assert.That(refused.VarBinds.Single().Oid.ToString(), Is.EqualTo(NotInTimeWindows));
        Assert.That(accepted.Outcome, Is.EqualTo(UsmOutcome.Accepted));
    }

    [Test]
    public async Task What_is_wrong_with_the_context_is_reported_under_the_protection_of_the_request()
    {
        var device = AddSecured(Admin);
        using var context = await MeetAsync(device, Admin with { ContextName = "none" });
        using var engine = await MeetAsync(device, Admin with { ContextEngineId = SnmpEngineId.Parse("8000000001") });

        var unknownContext = await context.GetAsync(Names.SysName);
        var unknownEngine = await engine.GetAsync(Names.SysName);

        Assert.That((unknownContext.Outcome, unknownEngine.Outcome), Is.EqualTo((UsmOutcome.UnknownContext, UsmOutcome.OtherReport)));
        Assert.That(
            new[] { unknownContext, unknownEngine }.Select(answer => answer.Flags), Is.All.EqualTo(SecuredFlags.Authenticated | SecuredFlags.Encrypted));
        Assert.That(unknownContext.VarBinds.Single().Oid.ToString(), Is.EqualTo(UnknownContexts));
        Assert.That(unknownEngine.VarBinds.Single().Oid.ToString(), Is.EqualTo(UnknownPduHandlers));
        Assert.That((device.RequestsSeen, device.InFlight), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_message_that_asks_for_no_Report_is_counted_and_gets_none()
    {
        var device = AddSecured(Admin);
        using var client = await MeetAsync(device, Admin with { ContextName = "none" });

        // A trap is no request, and is never reportable.
        client.Send(PduType.TrapV2, []);
        client.Send(PduType.Inform, []);
        var answer = await client.ReceiveAsync();

        Assert.That(answer.VarBinds, Is.EqualTo(new[] { new VarBind(Oid.Parse(UnknownPduHandlers), SnmpValue.Counter32(1)) }));
        Assert.That((device.Malformed, device.Reports), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_device_without_users_does_not_speak_SNMPv3()
    {
        var device = AddRouter();
        using var client = new UserClient(Admin, device.EndPoint, Clock);
        Assert.That(UsmSession.TryWriteDiscovery(new byte[500], 1, UserClient.MaxSize, out _), Is.True);
        client.Session.Peer.Rename(SnmpEngineId.Parse("8000000001"));

        client.Send(PduType.Get, UserClient.Reads(Names.SysName));
        await UntilAsync(() => device.Malformed == 1);

        Assert.That(device.EngineId.IsEmpty);
        Assert.That(device.TryRead(Oid.Parse(Engine + ".1.0"), out _), Is.False);
    }

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    public async Task A_version_that_is_switched_off_gets_silence_while_the_others_go_on(SnmpVersion off)
    {
        var device = Agent.Add(Template with { SpeaksV1 = off != SnmpVersion.V1, SpeaksV2c = off != SnmpVersion.V2c });
        using var silent = new RawClient(device.EndPoint) { Version = off };
        using var community = new RawClient(device.EndPoint) { Version = off == SnmpVersion.V1 ? SnmpVersion.V2c : SnmpVersion.V1 };
        using var user = await MeetAsync(device);

        silent.SendGet(Names.SysName);

        Assert.That((await community.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("r1")));
        Assert.That((await user.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("r1")));
        Assert.That((device.Malformed, device.RequestsSeen), Is.EqualTo((1, 2)));
    }
}
