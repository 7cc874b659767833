using System.Net;
using Connections.Pooling;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>SNMPv3 as a testbed names it.</summary>
public sealed class SecuredConnectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private static ConnectionSettings Settings(string arguments, string secrets = "") => new()
    {
        DeviceName = "lab-1",
        Alias = "snmp",
        Host = IPAddress.Loopback.ToString(),
        Port = TestServer.Snmpd.Port,
        Arguments = Parse(arguments),
        Credentials = new Credentials { Values = Parse(secrets).ToDictionary(pair => pair.Key, pair => new Secret(pair.Value)) },
    };

    private static Dictionary<string, string> Parse(string text) => text
        .Split(", ", StringSplitOptions.RemoveEmptyEntries)
        .Select(static entry => entry.Split(": "))
        .ToDictionary(static pair => pair[0], static pair => pair[1]);

    [TestCase("version: 3, user: None-None", "")]
    [TestCase("version: 3, user: Sha1-None, auth: SHA", "auth_password: maplesyrup")]
    [TestCase("version: 3, user: Sha1-Aes128, auth: SHA, priv: AES", "auth_password: maplesyrup, priv_password: pancakes-with-syrup")]
    [TestCase("version: 3, user: Sha1-Aes128, auth: sha-1, priv: AES-128, level: authPriv", "auth_password: maplesyrup, priv_password: pancakes-with-syrup")]
    [TestCase("version: 3, user: Sha512-Aes256C, auth: SHA-512, priv: AES-256-C", "auth_password: maplesyrup, priv_password: pancakes-with-syrup")]
    [TestCase("version: 3, user: Md5-None, auth: MD5, priv: DES, level: authNoPriv", "auth_password: maplesyrup")]
    public async Task A_testbed_names_user_protocols_and_level_and_the_secrets_are_credentials(string arguments, string secrets)
    {
        await using var connection = new SnmpConnection(Settings(arguments, secrets), _engine);
        await connection.ConnectAsync().WaitAsync(Limit);

        var varBind = await connection.GetAsync(SysDescr).AsTask().WaitAsync(Limit);

        Assert.That(varBind.Value.ToText(), Is.EqualTo("A real snmpd for the tests of Connections"));
    }

    [Test]
    public async Task A_login_serves_for_user_and_passwords()
    {
        var settings = Settings("version: 3, auth: SHA") with
        {
            Credentials = new Credentials { Username = "Sha1-None", Password = new Secret("maplesyrup") },
        };
        await using var connection = new SnmpConnection(settings, _engine);

        await connection.ConnectAsync().WaitAsync(Limit);

        Assert.That(connection.IsConnected, Is.True);
    }

    [Test]
    public async Task Keys_may_be_given_instead_of_passwords_and_so_may_the_engine_id()
    {
        var user = SnmpdUsers.Usual;
        var engineId = await FindEngineIdAsync();
        var authentication = Convert.ToHexString(LocalizedKeys.ForAuthentication(user, engineId));
        var privacy = Convert.ToHexString(LocalizedKeys.ForPrivacy(user, engineId));
        var settings = Settings(
            $"version: 3, user: {user.Name}, auth: SHA, priv: AES, engine_id: {engineId}", $"auth_key: {authentication}, priv_key: 0x{privacy}");
        await using var connection = new SnmpConnection(settings, _engine);

        await connection.ConnectAsync().WaitAsync(Limit);

        Assert.That(connection.IsConnected, Is.True);
        Assert.That(_engine.Statistics.Discoveries, Is.Zero);
    }

    [TestCase("version: 3, user: a, auth: CRC", "", "auth is 'CRC'", "MD5, SHA")]
    [TestCase("version: 3, user: a, auth: SHA, priv: ROT13", "", "priv is 'ROT13'", "DES, AES")]
    [TestCase("version: 3, user: a, level: open", "", "level is 'open'", "noAuthNoPriv")]
    [TestCase("version: 3, user: a, engine_id: seven", "", "engine_id is 'seven'", "hexadecimal")]
    [TestCase("version: 3, user: a, context_engine_id: 8", "", "context_engine_id is '8'", "hexadecimal")]
    [TestCase("version: 3", "", "SNMPv3 needs", "user")]
    [TestCase("version: 3, user: a, level: authNoPriv", "", "level is 'authNoPriv'", "auth")]
    [TestCase("version: 3, user: a, auth: SHA, level: authPriv", "auth_password: maplesyrup", "level is 'authPriv'", "priv")]
    [TestCase("version: 3, user: a", "auth_password: maplesyrup", "auth_password is given", "auth, the protocol")]
    [TestCase("version: 3, user: a, auth: SHA", "", "auth is 'SHA'", "auth_password")]
    [TestCase("version: 3, user: a, auth: SHA", "auth_password: short", "credential auth_password", "8 characters")]
    [TestCase("version: 3, user: a, auth: SHA", "auth_key: 00ff", "2 octets", "20 octets")]
    [TestCase("version: 3, user: a, auth: SHA", "auth_master_key: syrup", "credential auth_master_key", "hexadecimal")]
    [TestCase("version: 3, user: a, priv: AES", "priv_password: maplesyrup", "priv is 'AES'", "argument auth")]
    [TestCase("version: 3, user: a, auth_password: maplesyrup", "", "auth_password", "credential")]
    [TestCase("user: a", "", "argument user", "version: 3")]
    [TestCase("version: 2c, auth: SHA", "", "argument auth", "version: 3")]
    public void What_is_not_allowed_is_refused_and_the_error_names_key_and_what_is(string arguments, string secrets, string problem, string allowed)
    {
        var error = Assert.Throws<ConnectionException>(() => _ = new SnmpConnection(Settings(arguments, secrets), _engine));

        Assert.That(error!.Message, Does.Contain(problem).And.Contain(allowed).And.Contain("lab-1").And.Contain("snmp"));
        Assert.That(error.Message, Does.Not.Contain("maplesyrup").And.Not.Contain("Parameter"));
    }

    private static async Task<SnmpEngineId> FindEngineIdAsync()
    {
        await using var engine = new SnmpEngine();
        var snmpEngineId = Oid.Parse("1.3.6.1.6.3.10.2.1.1.0");
        var varBind = await engine.CreateClient(SnmpdUsers.Target(SnmpdUsers.Usual)).GetAsync(snmpEngineId).AsTask().WaitAsync(Limit);
        return new SnmpEngineId(varBind.Value.Bytes);
    }
}
