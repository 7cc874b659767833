using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>The Net-SNMP tools, an independent manager, speak SNMPv3 with the agent.</summary>
internal sealed class SecuredToolTests : SecuredFixture
{
    private static readonly string IfTable = Oid.Parse(Names.IfEntry).Parent.ToString();

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Users))]
    public async Task Every_pair_of_protocols_reads_writes_and_walks(SnmpUser user)
    {
        var device = AddSecured(user);

        var set = await UserTool.RunAsync("snmpset", user, device.EndPoint, Names.SysName, "s", "renamed");
        var get = await UserTool.RunAsync("snmpget", user, device.EndPoint, Names.SysName);
        var walk = await UserTool.RunAsync("snmpbulkwalk", user, device.EndPoint, "-Cr20", IfTable);

        Assert.That((set.ExitCode, set.Errors), Is.EqualTo((0, "")));
        Assert.That((get.ExitCode, get.Errors), Is.EqualTo((0, "")));
        Assert.That((walk.ExitCode, walk.Errors), Is.EqualTo((0, "")));
        Assert.That(get.Lines, Is.EqualTo(new[] { $".{Names.SysName} = Hex-STRING: 72 65 6E 61 6D 65 64" }));
        Assert.That(
            walk.Lines.Select(line => line[1..line.IndexOf(' ')]),
            Is.EqualTo(device.Data.Select(variable => variable.Oid.ToString()).Where(name => name.StartsWith(IfTable, StringComparison.Ordinal))));
    }

    [TestCase(SecurityLevel.NoAuthNoPriv)]
    [TestCase(SecurityLevel.AuthNoPriv)]
    [TestCase(SecurityLevel.AuthPriv)]
    public async Task A_user_may_be_allowed_to_read_at_each_lower_level_and_to_write_at_the_highest(SecurityLevel level)
    {
        var device = AddSecured(new SimulatedUser(Admin) { ReadLevel = SecurityLevel.NoAuthNoPriv });

        var get = await UserTool.RunAtAsync(level, "snmpget", Admin, device.EndPoint, Names.SysName);
        var set = await UserTool.RunAtAsync(level, "snmpset", Admin, device.EndPoint, Names.SysName, "s", "x");

        Assert.That((get.ExitCode, get.Errors), Is.EqualTo((0, "")));
        Assert.That(set.Errors, level == SecurityLevel.AuthPriv ? Is.Empty : Does.Contain("noAccess"));
    }

    [TestCase(SecurityLevel.NoAuthNoPriv)]
    [TestCase(SecurityLevel.AuthNoPriv)]
    public async Task Below_the_users_own_level_nothing_is_allowed_unless_it_is_said(SecurityLevel level)
    {
        var get = await UserTool.RunAtAsync(level, "snmpget", Admin, AddSecured(Admin).EndPoint, Names.SysName);

        Assert.That(get.ExitCode, Is.Not.Zero);
        Assert.That(get.Errors, Does.Contain("authorizationError"));
    }

    [Test]
    public async Task A_user_who_may_only_read_is_refused_a_write()
    {
        var device = AddSecured(new SimulatedUser(Admin) { WriteLevel = null });

        var get = await UserTool.RunAsync("snmpget", Admin, device.EndPoint, Names.SysName);
        var set = await UserTool.RunAsync("snmpset", Admin, device.EndPoint, Names.SysName, "s", "x");

        Assert.That(get.ExitCode, Is.Zero);
        Assert.That(set.Errors, Does.Contain("noAccess").And.Contain(Names.SysName));
        Assert.That(Expected.Value(device, Oid.Parse(Names.SysName)), Is.EqualTo(Text("r1")));
    }

    [Test]
    public async Task A_level_that_the_user_does_not_have_is_unsupported()
    {
        var device = AddSecured(Admin with { Privacy = PrivacyProtocol.None, PrivacyKey = null });

        var get = await UserTool.RunAsync("snmpget", Admin, device.EndPoint, Names.SysName);

        Assert.That(get.Errors, Does.Contain("Unsupported security level"));
        Assert.That(Expected.Value(device, Oid.Parse(UnsupportedLevels)), Is.EqualTo(SnmpValue.Counter32(1)));
    }

    [Test]
    public async Task A_wrong_password_and_an_unknown_user_are_told_by_name()
    {
        var device = AddSecured(Admin);
        var stranger = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "stranger");

        var wrong = await UserTool.RunAsync("snmpget", Admin with { AuthenticationKey = UsmKey.Password("wrong-password") }, device.EndPoint, Names.SysName);
        var unknown = await UserTool.RunAsync("snmpget", stranger, device.EndPoint, Names.SysName);

        Assert.That(wrong.Errors, Does.Contain("Authentication failure (incorrect password, community or key)"));
        Assert.That(unknown.Errors, Does.Contain("Unknown user name"));
        Assert.That(Expected.Value(device, Oid.Parse(WrongDigests)), Is.EqualTo(SnmpValue.Counter32(1)));
        Assert.That(Expected.Value(device, Oid.Parse(UnknownUserNames)), Is.EqualTo(SnmpValue.Counter32(1)));
    }

    [Test]
    public async Task A_wrong_privacy_password_gets_silence_as_from_most_agents()
    {
        var device = AddSecured(Admin);

        var get = await UserTool.RunAsync("snmpget", Admin with { PrivacyKey = UsmKey.Password("wrong-password") }, device.EndPoint, "-r0", "-t1", Names.SysName);

        Assert.That(get.Errors, Does.Contain("Timeout"));
        Assert.That((device.Malformed, device.RequestsSeen), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Each_context_has_data_of_its_own()
    {
        var device = Agent.Add(Template with
        {
            Contexts = new Dictionary<string, MibData>
            {
                ["blue"] = Snmprec.Parse("1.3.6.1.2.1.1.5.0|4|blue one\n", "blue"),
                ["réseau"] = Snmprec.Parse("1.3.6.1.2.1.1.5.0|4|other one\n", "other"),
            },
        });

        var blue = await UserTool.RunAsync("snmpwalk", Admin with { ContextName = "blue" }, device.EndPoint, ".1");
        var other = await UserTool.RunAsync("snmpget", Admin with { ContextName = "réseau" }, device.EndPoint, Names.SysName);

        Assert.That(blue.Lines[0], Is.EqualTo($".{Names.SysName} = Hex-STRING: 62 6C 75 65 20 6F 6E 65"));
        Assert.That(blue.Lines, Has.Count.EqualTo(2), "the end of the view follows");
        Assert.That(other.Lines.Single(), Does.EndWith("6F 74 68 65 72 20 6F 6E 65"));
    }

    [Test]
    public async Task An_unknown_context_is_reported_or_met_with_silence()
    {
        var user = Admin with { ContextName = "none" };
        var device = AddSecured(Admin);
        var silent = Agent.Add(Template with { IgnoresUnknownContexts = true });

        var reported = await UserTool.RunAsync("snmpget", user, device.EndPoint, Names.SysName);
        var ignored = await UserTool.RunAsync("snmpget", user, silent.EndPoint, "-r0", "-t1", Names.SysName);

        Assert.That(reported.Errors, Does.Contain("Bad context specified"));
        Assert.That(ignored.Errors, Does.Contain("Timeout"));
        Assert.That(Expected.Value(device, Oid.Parse(UnknownContexts)), Is.EqualTo(SnmpValue.Counter32(1)));
        Assert.That(Expected.Value(silent, Oid.Parse(UnknownContexts)), Is.EqualTo(SnmpValue.Counter32(1)));
    }

    [Test]
    public async Task The_engine_tells_its_name_boots_time_and_what_it_refused()
    {
        var device = Agent.Add(Template with { Boots = 7, EngineId = SnmpEngineId.Parse("80 00 7e d9 05 6c 61 62") });
        device.Restart();
        Clock.Advance(TimeSpan.FromSeconds(90));

        var engine = await UserTool.RunAsync("snmpwalk", Admin, device.EndPoint, Engine);
        var stats = await UserTool.RunAsync("snmpwalk", Admin, device.EndPoint, UsmStats);

        Assert.That(engine.Lines, Is.EqualTo(new[]
        {
            $".{Engine}.1.0 = Hex-STRING: 80 00 7E D9 05 6C 61 62", $".{Engine}.2.0 = INTEGER: 8", $".{Engine}.3.0 = INTEGER: 90", $".{Engine}.4.0 = INTEGER: 8192",
        }));
        Assert.That(stats.Lines.Take(6).Select(line => line.Split(" = ")[1]), Is.EqualTo(new[]
        {
            "Counter32: 0", "Counter32: 0", "Counter32: 0", "Counter32: 2", "Counter32: 0", "Counter32: 0",
        }), "each run of a tool begins with a discovery");
    }
}
