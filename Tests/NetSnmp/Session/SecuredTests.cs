using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Engine.V3;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.NetSnmp.Tests.Session;

/// <summary>SNMPv3 by the library: every pair of protocols, every form of a key, contexts, and refusals with the types that the managed engine has for them.</summary>
public sealed class SecuredTests : SecuredAgentFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.Users))]
    public async Task Every_pair_of_protocols_gets_sets_and_walks(SnmpUser user)
    {
        var device = Agent.Add(Device(user));
        using var client = Session(device, user);
        var name = SnmpValue.OctetString($"name for {user}");

        var set = await client.SetAsync(SysName, name).AsTask().WaitAsync(Limit);
        var get = await GetNameAsync(client);
        var bulk = await client.BulkWalkAsync(IfTable).ToListAsync().AsTask().WaitAsync(Limit);

        Assert.That(new[] { set, get }, Is.All.EqualTo(new VarBind(SysName, name)));
        Assert.That(bulk.Select(static varBind => varBind.Oid), Is.EqualTo(Expected(device, IfTable)));
    }

    [TestCaseSource(typeof(SnmpdUsers), nameof(SnmpdUsers.All))]
    public async Task Every_pair_of_protocols_reads_snmpd(SnmpUser user)
    {
        using var client = new SessionClient(SnmpdUsers.Target(user));

        Assert.That((await client.GetAsync("1.3.6.1.2.1.1.1.0").AsTask().WaitAsync(Limit)).Value.ToText(), Is.EqualTo("A real snmpd for the tests of Connections"));
    }

    [Test]
    public async Task Keys_may_be_given_instead_of_passwords([Values(UsmKeyForm.Master, UsmKeyForm.Localized)] UsmKeyForm form)
    {
        var device = Agent.Add(Device(User));
        using var client = Session(device, WithKeys(device.EngineId, form));

        Assert.That((await GetNameAsync(client)).Value.ToText(), Is.EqualTo("lab-1"));
    }

    [Test]
    public async Task A_context_is_asked_by_its_name_and_by_its_engine()
    {
        var device = Agent.Add(WithContext);
        using var context = Session(device, User with { ContextName = "vlan-7" });
        using var named = Session(device, User with { ContextName = "vlan-7", ContextEngineId = device.EngineId, EngineId = device.EngineId });

        Assert.That((await GetNameAsync(context)).Value.ToText(), Is.EqualTo("lab-1 on vlan 7"));
        Assert.That((await GetNameAsync(named)).Value.ToText(), Is.EqualTo("lab-1 on vlan 7"));
    }

    [Test]
    public void An_unknown_context_is_told_at_once()
    {
        var device = Agent.Add(WithContext);
        using var client = Session(device, User with { ContextName = "vlan-8" });

        var error = Assert.ThrowsAsync<SnmpUnknownContextException>(() => GetNameAsync(client));

        Assert.That(error!.ContextName, Is.EqualTo("vlan-8"));
        Assert.That(error.Message, Does.Contain("lab-1").And.Contain("'vlan-8'"));
    }

    private static IEnumerable<TestCaseData> Refusals
    {
        get
        {
            yield return Case(User with { AuthenticationKey = UsmKey.Password("not maplesyrup") }, typeof(SnmpWrongDigestException));
            yield return Case(Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "nobody"), typeof(SnmpUnknownUserException));
            yield return Case(Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "plain"), typeof(SnmpUnsupportedSecurityLevelException));

            static TestCaseData Case(SnmpUser user, Type error) => new TestCaseData(user, error).SetArgDisplayNames(error.Name);
        }
    }

    [TestCaseSource(nameof(Refusals))]
    public void Each_refusal_has_a_type_of_its_own_and_comes_at_once(SnmpUser user, Type type)
    {
        var device = Agent.Add(Device(User, Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.None, "plain")));
        using var client = Session(device, user);

        var get = Assert.CatchAsync<SnmpAuthenticationException>(() => GetNameAsync(client));
        var walk = Assert.CatchAsync<SnmpException>(() => client.BulkWalkAsync(IfTable).ToListAsync().AsTask().WaitAsync(Limit));

        Assert.That(get, Is.TypeOf(type));
        Assert.That(walk, Is.TypeOf(type));
        Assert.That((get!.User, get.Device, get.Alias), Is.EqualTo((user.Name, "lab-1", "snmp")));
        Assert.That(get.Message, Does.Not.Contain("maplesyrup"));
    }

    // Agents do not answer what they cannot decrypt.
    [Test]
    public void A_wrong_privacy_password_ends_in_a_timeout_whose_causes_are_those_that_the_managed_engine_names([Values] bool isSnmpd)
    {
        // The library keeps a user's keys for the life of the process, so that this one is nobody else's here.
        var user = (isSnmpd ? Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "May-Read") : User) with { PrivacyKey = UsmKey.Password("not pancakes") };
        var endPoint = isSnmpd ? null : Agent.Add(Device(User)).EndPoint;
        var target = SnmpdUsers.Target(user, endPoint, new SnmpOptions { Timeout = TimeSpan.FromSeconds(1), Retries = 0 });
        using var client = new SessionClient(target);

        var own = Assert.ThrowsAsync<SnmpTimeoutException>(() => GetNameAsync(client));
        var managed = Assert.ThrowsAsync<SnmpTimeoutException>(() => GetNameAsync(Engine.CreateClient(target)));

        Assert.That(own!.Message, Does.Contain("lab-1").And.Contain($"user '{user.Name}'").And.Contain("privacy password, key or protocol (Aes128)").And.Contain("silence"));
        Assert.That(managed!.Hint, Does.EndWith(own.Hint[(own.Hint.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        Assert.That(own.Message, Does.Not.Contain("pancakes"));
    }

    [Test]
    public async Task An_agent_that_restarts_is_followed()
    {
        var device = Agent.Add(Device(User));
        using var client = Session(device, User);
        var before = await GetNameAsync(client);

        device.Restart();

        Assert.That(await GetNameAsync(client), Is.EqualTo(before));
        Assert.That(device.Boots, Is.EqualTo(2));
    }

    private static SimulatedDeviceOptions WithContext => Device(User) with
    {
        Contexts = new Dictionary<string, MibData> { ["vlan-7"] = SyntheticDevice.Create("lab-1 on vlan 7", seed: 2, interfaces: 3) },
    };

    private static SessionClient Session(SimulatedDevice device, SnmpUser user) => new(SnmpdUsers.Target(user, device.EndPoint));

    // What a provisioning system stores in place of passwords; keys of privacy are made by the hash of authentication.
    private static SnmpUser WithKeys(SnmpEngineId engineId, UsmKeyForm form)
    {
        return User with
        {
            AuthenticationKey = Key(Pairs.AuthenticationPassword, 20),
            PrivacyKey = Key(Pairs.PrivacyPassword, form == UsmKeyForm.Master ? 20 : 16),
        };

        UsmKey Key(string password, int length)
        {
            var octets = new byte[20];
            KeyDerivation.ExpandPassword(AuthenticationProtocol.Sha1, System.Text.Encoding.UTF8.GetBytes(password), octets);
            if (form == UsmKeyForm.Localized)
            {
                var master = octets.ToArray();
                KeyDerivation.Localize(AuthenticationProtocol.Sha1, master, engineId.Octets, octets);
            }

            var digits = new Secret(Convert.ToHexString(octets.AsSpan(0, length)));
            return form == UsmKeyForm.Master ? UsmKey.Master(digits) : UsmKey.Localized(digits);
        }
    }
}
