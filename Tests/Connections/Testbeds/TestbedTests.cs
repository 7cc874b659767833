using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

public class TestbedTests
{
    private const string Lab = """
        testbed:
          name: lab1
          credentials:
            default: { username: admin, password: lab-password }
            snmp: { community: lab-community }
          custom: { owner: netops }
        devices:
          edge1:
            type: router
            os: iosxe
            alias: uut
            role: edge
            site: Vienna
            connections:
              defaults: { class: SnmpConnection, alias: main, via: snmp }
              snmp:
                protocol: snmp
                ip: 192.0.2.1
                port: 1161
                pool_size: 5
                pool_timeout: 2.5
                arguments: { retries: 2, window: { size: 7 } }
                version: 2c
              cli:
                class: unicon.Unicon
                protocol: ssh
                host: edge1.lab.example
            custom: { rack: [12, 13] }
          core1: {}
        topology:
          edge1: { interfaces: {} }
        """;

    [Test]
    public void Names_types_and_roles_are_read()
    {
        var testbed = Testbed.Parse(Lab);
        var device = testbed.Devices["edge1"];
        Assert.Multiple(() =>
        {
            Assert.That(testbed.Name, Is.EqualTo("lab1"));
            Assert.That(testbed.Devices.Keys, Is.EqualTo(new[] { "edge1", "core1" }));
            Assert.That((device.Type, device.Os, device.Alias, device.Role), Is.EqualTo(("router", "iosxe", "uut", "edge")));
            Assert.That(testbed.Devices["core1"].Connections, Is.Empty);
            Assert.That(device.Simulation, Is.Null);
        });
    }

    [Test]
    public void A_connection_becomes_settings()
    {
        var settings = Testbed.Parse(Lab).Devices["edge1"].Connections["snmp"];
        Assert.That(settings with { CredentialsByName = new Dictionary<string, Credentials>() }, Is.EqualTo(new ConnectionSettings
        {
            DeviceName = "edge1",
            Alias = "snmp",
            Via = "snmp",
            Protocol = "snmp",
            Host = "192.0.2.1",
            Port = 1161,
            PoolSize = 5,
            PoolTimeout = TimeSpan.FromSeconds(2.5),
            Os = "iosxe",
            Credentials = new Credentials { Values = new Dictionary<string, Secret> { ["community"] = new("lab-community") } },
            Arguments = new Dictionary<string, string> { ["retries"] = "2", ["window.size"] = "7", ["version"] = "2c" },
        }));
    }

    [Test]
    public void A_connection_that_names_its_own_class_keeps_it() =>
        Assert.That(Testbed.Parse(Lab).Devices["edge1"].Connections["cli"].Class, Is.EqualTo("unicon.Unicon"));

    [Test]
    public void Defaults_are_no_connection()
    {
        var device = Testbed.Parse(Lab).Devices["edge1"];
        Assert.Multiple(() =>
        {
            Assert.That(device.Connections.Keys, Is.EqualTo(new[] { "snmp", "cli" }));
            Assert.That(device.Defaults, Is.EqualTo(new ConnectionDefaults { Class = "SnmpConnection", Alias = "main", Via = "snmp" }));
        });
    }

    [Test]
    public void The_nearest_default_counts_for_each_value_apart()
    {
        var testbed = Testbed.Parse("""
            testbed:
              defaults: { class: Outer, alias: outer }
            devices:
              r1:
                defaults: { class: Middle }
                connections:
                  defaults: { via: a }
                  a: {}
            """);
        Assert.That(
            testbed.Devices["r1"].Defaults,
            Is.EqualTo(new ConnectionDefaults { Class = "Middle", Alias = "outer", Via = "a" }));
    }

    [Test]
    public void A_device_is_found_by_its_alias()
    {
        var testbed = Testbed.Parse(Lab);
        Assert.That(testbed.GetDevice("uut"), Is.SameAs(testbed.Devices["edge1"]));
    }

    [Test]
    public void An_unknown_device_is_an_error_that_names_those_that_exist() =>
        Assert.That(
            () => Testbed.Parse(Lab, "lab.yaml").GetDevice("egde1"),
            Throws.TypeOf<UnknownDeviceException>().With.Message.EqualTo(
                "lab.yaml: the testbed 'lab1' has no device 'egde1'; it has edge1, core1; did you mean 'edge1'?"));

    [Test]
    public void Further_keys_custom_and_topology_are_kept()
    {
        var testbed = Testbed.Parse(Lab, "lab.yaml");
        var device = testbed.Devices["edge1"];
        var racks = (TestbedSequence)device.Custom.Entries["rack"];
        Assert.Multiple(() =>
        {
            Assert.That(device.Node.Entries["site"].ToString(), Is.EqualTo("Vienna"));
            Assert.That(racks.Items.Select(rack => rack.ToString()), Is.EqualTo(new[] { "12", "13" }));
            Assert.That(racks.Items[1].Path, Is.EqualTo("devices.edge1.custom.rack[1]"));
            Assert.That((racks.File, racks.Line), Is.EqualTo(("lab.yaml", 28)));
            Assert.That(testbed.Custom.Entries["owner"].ToString(), Is.EqualTo("netops"));
            Assert.That(testbed.Topology.Entries.Keys, Is.EqualTo(new[] { "edge1" }));
        });
    }

    [Test]
    public void The_name_of_a_testbed_without_one_is_that_of_its_file() =>
        Assert.That(Testbed.Parse("devices: { r1: }", "/labs/east.yaml").Name, Is.EqualTo("east"));

    [Test]
    public void A_simulated_device_has_options()
    {
        var testbed = Testbed.Parse("""
            devices:
              plain: { simulated: true, connections: { snmp: } }
              real: { simulated: false, connections: { snmp: } }
              slow:
                simulated: { interfaces: 12, latency: 0.02, loss: 0.1, snmprec: data/slow.snmprec }
            """, "/labs/lab.yaml");
        Assert.Multiple(() =>
        {
            Assert.That(testbed.Devices["plain"].Simulation, Is.EqualTo(new SimulationOptions()));
            Assert.That(testbed.Devices["plain"].Connections["snmp"].Simulated, Is.True);
            Assert.That(testbed.Devices["real"].Simulation, Is.Null);
            Assert.That(testbed.Devices["real"].Connections["snmp"].Simulated, Is.False);
            Assert.That(testbed.Devices["slow"].Simulation, Is.EqualTo(new SimulationOptions
            {
                Interfaces = 12,
                Latency = TimeSpan.FromMilliseconds(20),
                Loss = 0.1,
                Recording = "/labs/data/slow.snmprec",
            }));
        });
    }

    [Test]
    public void Anchors_and_merge_keys_share_settings_under_their_own_paths()
    {
        var testbed = Testbed.Parse("""
            base: &base
              pool_size: 3
              port: 161
            devices:
              r1:
                connections:
                  snmp: &snmp
                    <<: *base
                    port: 1161
              r2:
                connections:
                  snmp: *snmp
            """);
        var settings = testbed.Devices["r2"].Connections["snmp"];
        var port = ((TestbedMapping)((TestbedMapping)testbed.Devices["r2"].Node.Entries["connections"]).Entries["snmp"]).Entries["port"];
        Assert.Multiple(() =>
        {
            Assert.That((settings.DeviceName, settings.PoolSize, settings.Port), Is.EqualTo(("r2", 3, 1161)));
            Assert.That(port.Path, Is.EqualTo("devices.r2.connections.snmp.port"));
        });
    }

    [Test]
    public async Task A_file_is_read_from_disk()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Lab);
            var testbed = await Testbed.LoadAsync(path);
            Assert.That((testbed.Name, testbed.File), Is.EqualTo(("lab1", path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void A_missing_file_is_a_clear_error() =>
        Assert.That(
            () => Testbed.LoadAsync("/nowhere/lab.yaml"),
            Throws.TypeOf<TestbedException>().With.Message.EqualTo("/nowhere/lab.yaml: there is no such file"));
}
