using Connections.Pooling;
using Connections.Snmp.Agent;
using Connections.Testbeds;
using Lab = Connections.Testbeds.Lab;

namespace Connections.Snmp.Tests.Agent;

/// <summary>Devices that a testbed calls simulated, played within the process.</summary>
internal sealed class SnmpSimulatorTests
{
    private const string Name = "1.3.6.1.2.1.1.5.0";

    private static readonly ConnectionClasses Classes = new ConnectionClasses().AddSnmp();

    [Test]
    public async Task A_device_answers_with_the_community_that_its_connections_ask_with()
    {
        await using var lab = Open("""
            devices:
              r1:
                simulated: {}
                credentials: { snmp: { community: quiet } }
                connections: { snmp: { protocol: snmp, pool_size: 2 } }
            """);
        var device = lab.GetDevice("r1");

        await device.ConnectAsync("snmp");

        Assert.That((await device.Get<ISnmpClient>("snmp").GetAsync(Name)).Value.ToText(), Is.EqualTo("r1"));
    }

    [Test]
    public async Task A_device_knows_the_users_and_contexts_that_its_connections_ask_with()
    {
        await using var lab = Open("""
            devices:
              r1:
                simulated: {}
                connections:
                  plain: { protocol: snmp }
                  secured:
                    protocol: snmp
                    version: 3
                    user: admin
                    auth: SHA
                    priv: AES
                    context: vlan-7
                    credentials: { snmp: { auth_password: authenticate, priv_password: keep-private } }
            """);
        var device = lab.GetDevice("r1");

        await device.ConnectAsync("secured");
        await device.ConnectAsync("plain");

        Assert.That((await device.Get<ISnmpClient>("secured").GetAsync(Name)).Value.ToText(), Is.EqualTo("r1"));
        Assert.That((await device.Get<ISnmpClient>("plain").GetAsync(Name)).Value.ToText(), Is.EqualTo("r1"));
    }

    [Test]
    public async Task Connections_of_other_protocols_and_of_other_processes_are_left_alone()
    {
        await using var lab = Open("""
            devices:
              r1:
                simulated: {}
                connections:
                  cli: { protocol: telnet, host: 192.0.2.1, port: 23 }
                  served: { protocol: snmp, host: 192.0.2.1, shared: true }
            """);

        var connections = lab.GetDevice("r1").Settings.Connections;

        Assert.That(connections, Is.EqualTo(lab.Testbed.GetDevice("r1").Connections));
    }

    [Test]
    public async Task A_recording_that_cannot_be_played_is_named()
    {
        var recording = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.snmprec");
        await File.WriteAllTextAsync(recording, "this is no recording");
        await using var lab = Open($$"""
            devices:
              r1:
                simulated: { snmprec: "{{recording}}" }
                connections: { snmp: { protocol: snmp } }
            """);

        Assert.That(
            () => lab.GetDevice("r1"),
            Throws.TypeOf<ConnectionException>().With.Message.Contains("'r1'").And.Message.Contains(recording));
        File.Delete(recording);
    }

    private static Lab Open(string testbed) => new(Testbed.Parse(testbed), Classes, simulators: [new SnmpSimulator()]);
}
