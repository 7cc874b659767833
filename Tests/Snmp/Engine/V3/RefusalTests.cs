using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>What a real agent does not accept, and how its user hears of it.</summary>
public sealed class RefusalTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");

    private static readonly SnmpOptions Impatient = new() { Timeout = TimeSpan.FromMilliseconds(100), Retries = 1 };

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private static IEnumerable<TestCaseData> Refusals
    {
        get
        {
            var good = SnmpdUsers.Usual;
            yield return Case(good with { AuthenticationKey = UsmKey.Password("not maplesyrup") }, typeof(SnmpWrongDigestException), "authentication password");
            yield return Case(Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "nobody"), typeof(SnmpUnknownUserException), "check the name");
            yield return Case(
                Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "Sha1-None"), typeof(SnmpUnsupportedSecurityLevelException), "AuthPriv");
            yield return Case(good with { EngineId = SnmpEngineId.Parse("8000000001") }, typeof(SnmpUnknownEngineException), "8000000001");

            static TestCaseData Case(SnmpUser user, Type error, string advice) =>
                new TestCaseData(user, error, advice).SetArgDisplayNames(error.Name);
        }
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task Each_refusal_has_a_type_of_its_own_and_comes_at_once(SnmpUser user, Type type, string advice)
    {
        var client = _engine.CreateClient(SnmpdUsers.Target(user));

        var get = Assert.CatchAsync<SnmpAuthenticationException>(() => client.GetAsync(SysDescr).AsTask().WaitAsync(Limit));
        var walk = Assert.CatchAsync<SnmpException>(() => client.BulkWalkAsync("1.3.6.1.2.1.1").ToListAsync().AsTask().WaitAsync(Limit));

        Assert.That(get, Is.TypeOf(type));
        Assert.That(walk, Is.TypeOf(type));
        Assert.That(get!.User, Is.EqualTo(user.Name));
        Assert.That((get.Device, get.Alias), Is.EqualTo(("lab-1", "snmp")));
        Assert.That(get.Message, Does.Contain("lab-1").And.Contain("snmp").And.Contain(user.Name).And.Contain(advice).And.Not.Contain("maplesyrup"));
        Assert.That(_engine.Statistics.Retransmissions, Is.Zero);
        Assert.That(_engine.Statistics.Timeouts, Is.Zero);
        await _engine.CreateClient(SnmpdUsers.Target(SnmpdUsers.Usual)).GetAsync(SysDescr).AsTask().WaitAsync(Limit);
    }

    [Test]
    public void A_wrong_privacy_password_is_met_with_silence_and_the_timeout_names_the_cause()
    {
        var client = _engine.CreateClient(SnmpdUsers.Target(
            SnmpdUsers.Usual with { PrivacyKey = UsmKey.Password("not pancakes") }, options: Impatient));

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => client.GetAsync(SysDescr).AsTask().WaitAsync(Limit));

        Assert.That(error!.Attempts, Is.EqualTo(2));
        Assert.That(error.Hint, Does.Contain("privacy password").And.Contain("Aes128").And.Contain("Sha1-Aes128").And.Contain("silence"));
    }

    [Test]
    public async Task A_context_that_snmpd_lacks_ends_in_an_error_that_names_it()
    {
        var client = _engine.CreateClient(SnmpdUsers.Target(SnmpdUsers.Usual with { ContextName = "vlan-7" }, options: Impatient));

        var error = Assert.CatchAsync(() => client.GetAsync(SysDescr).AsTask().WaitAsync(Limit));

        Assert.That(error, Is.TypeOf<SnmpTimeoutException>());
        Assert.That(error!.Message, Does.Contain("context 'vlan-7'").And.Contain("silence"));
        await _engine.CreateClient(SnmpdUsers.Target(SnmpdUsers.Usual)).GetAsync(SysDescr).AsTask().WaitAsync(Limit);
    }

    [Test]
    public void A_host_without_an_agent_that_speaks_it_did_not_tell_its_engine_id()
    {
        var silent = new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.99.0.1"), 1);
        var client = _engine.CreateClient(SnmpdUsers.Target(SnmpdUsers.Usual, silent, Impatient with { RetransmitsSets = false }));

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => client.SetAsync(SysDescr, SnmpValue.OctetString("x")).AsTask().WaitAsync(Limit));

        Assert.That(error!.Attempts, Is.EqualTo(2), "asking for the name is no SET");
        Assert.That(error.Hint, Does.Contain("nothing listens").Or.Contain("engine ID"));
    }
}
