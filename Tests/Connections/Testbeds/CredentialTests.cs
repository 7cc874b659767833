using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

public class CredentialTests
{
    private static Credentials? CredentialsOf(string yaml) => Testbed.Parse(yaml).Devices["r1"].Connections["snmp"].Credentials;

    private static string? CommunityOf(string yaml) => CredentialsOf(yaml)?.Values.GetValueOrDefault("community")?.Reveal();

    [Test]
    public void Those_of_the_connection_go_before_the_device_and_the_testbed() =>
        Assert.That(CommunityOf("""
            testbed: { credentials: { snmp: { community: outer } } }
            devices:
              r1:
                credentials: { snmp: { community: middle } }
                connections:
                  snmp: { credentials: { default: { community: inner } } }
            """), Is.EqualTo("inner"));

    [Test]
    public void Those_of_the_device_go_before_the_testbed() =>
        Assert.That(CommunityOf("""
            testbed: { credentials: { snmp: { community: outer } } }
            devices:
              r1:
                credentials: { snmp: { community: middle } }
                connections: { snmp: }
            """), Is.EqualTo("middle"));

    [Test]
    public void Those_named_like_the_alias_go_before_the_default() =>
        Assert.That(CommunityOf("""
            testbed: { credentials: { snmp: { community: right } } }
            devices:
              r1:
                credentials: { default: { username: admin } }
                connections: { snmp: }
            """), Is.EqualTo("right"));

    [Test]
    public void The_default_serves_when_nothing_nearer_does()
    {
        var credentials = CredentialsOf("""
            testbed: { credentials: { default: { username: admin, password: secret-word } } }
            devices: { r1: { connections: { snmp: } } }
            """);
        Assert.That(credentials, Is.EqualTo(new Credentials { Username = "admin", Password = new Secret("secret-word") }));
    }

    [Test]
    public void A_connection_may_name_its_credentials() =>
        Assert.That(CommunityOf("""
            testbed: { credentials: { audit: { community: right }, snmp: { community: wrong } } }
            devices: { r1: { connections: { snmp: { credential: audit } } } }
            """), Is.EqualTo("right"));

    [Test]
    public void Naming_credentials_that_do_not_exist_is_an_error() =>
        Assert.That(
            () => CommunityOf("""
                testbed: { credentials: { audit: { community: x } } }
                devices: { r1: { connections: { snmp: { credential: adit } } } }
                """),
            Throws.TypeOf<TestbedException>().With.Message.EqualTo(
                "testbed.yaml:2: devices.r1.connections.snmp.credential: there are no credentials 'adit' for this connection; "
                + "it has audit; did you mean 'audit'?"));

    [Test]
    public void Values_without_a_name_are_the_default_ones() =>
        Assert.That(CommunityOf("devices: { r1: { connections: { snmp: { credentials: { community: right } } } } }"), Is.EqualTo("right"));

    [TestCase("community: hidden")]
    [TestCase("arguments: { community: hidden }")]
    public void A_community_beside_the_settings_is_a_secret_all_the_same(string setting)
    {
        var settings = Testbed.Parse($$"""devices: { r1: { connections: { snmp: { {{setting}} } } } }""").Devices["r1"].Connections["snmp"];
        Assert.Multiple(() =>
        {
            Assert.That(settings.Credentials!.Values["community"], Is.EqualTo(new Secret("hidden")));
            Assert.That(settings.Arguments, Is.Empty);
            Assert.That(settings.ToString(), Does.Not.Contain("hidden"));
        });
    }

    [Test]
    public void A_wrong_value_among_credentials_is_not_shown() =>
        Assert.That(
            () => CredentialsOf("devices: { r1: { credentials: { default: { password: [hidden] } }, connections: { snmp: } } }"),
            Throws.TypeOf<TestbedException>().With.Message.Not.Contains("hidden"));

    [Test]
    public void A_device_knows_all_that_is_in_sight()
    {
        var device = Testbed.Parse("""
            testbed: { credentials: { default: { username: outer }, enable: { password: x } } }
            devices: { r1: { credentials: { default: { username: inner } } } }
            """).Devices["r1"];
        Assert.That(
            device.Credentials.ToDictionary(entry => entry.Key, entry => entry.Value.Username),
            Is.EquivalentTo(new Dictionary<string, string?> { ["default"] = "inner", ["enable"] = null }));
    }
}
