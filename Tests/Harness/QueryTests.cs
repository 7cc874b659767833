using System.Runtime.InteropServices;
using Connections.Snmp.Agent;

namespace Connections.Harness.Tests;

public class QueryTests
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";
    private const string SysServices = "1.3.6.1.2.1.1.7.0";
    private const string IfTable = "1.3.6.1.2.1.2.2";

    private SnmpAgent _agent = null!;
    private SimulatedDevice _device = null!;

    [SetUp]
    public void StartAgent()
    {
        _agent = new SnmpAgent();
        _device = _agent.Add(new SimulatedDeviceOptions { Name = "lab-router", Data = SyntheticDevice.Create("lab-router", seed: 1, interfaces: 200) });
    }

    [TearDown]
    public async Task StopAgent() => await _agent.DisposeAsync();

    private string Host => _device.EndPoint.ToString();

    [Test]
    public async Task Get_prints_a_line_for_each_OID()
    {
        var outcome = await ConnectionsProcess.RunAsync("get", Host, SysName, SysServices);
        Assert.Multiple(() =>
        {
            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
            Assert.That(outcome.Lines, Is.EqualTo(new[] { "SNMPv2-MIB::sysName.0 = STRING: lab-router", "SNMPv2-MIB::sysServices.0 = INTEGER: 6" }));
        });
    }

    [TestCase("1")]
    [TestCase("2c")]
    public async Task Both_versions_are_spoken(string version)
    {
        var outcome = await ConnectionsProcess.RunAsync("get", Host, "-v", version, SysName);
        Assert.That((outcome.Output, outcome.Error), Is.EqualTo(("SNMPv2-MIB::sysName.0 = STRING: lab-router\n", "")));
    }

    [Test]
    public async Task As_JSON_each_value_has_device_oid_type_and_value()
    {
        var outcome = await ConnectionsProcess.RunAsync("get", Host, "--json", SysName, SysServices);
        Assert.That(outcome.Lines, Is.EqualTo(new[]
        {
            $$"""{"device":"{{Host}}","oid":"{{SysName}}","name":"SNMPv2-MIB::sysName.0","type":"octetString","value":"lab-router"}""",
            $$"""{"device":"{{Host}}","oid":"{{SysServices}}","name":"SNMPv2-MIB::sysServices.0","type":"integer32","value":6}""",
        }));
    }

    [Test]
    public async Task As_CSV_values_have_a_line_of_headings()
    {
        var outcome = await ConnectionsProcess.RunAsync("get", Host, "--csv", SysName, SysServices);
        Assert.That(outcome.Lines, Is.EqualTo(new[]
        {
            "device,oid,name,type,value", $"{Host},{SysName},SNMPv2-MIB::sysName.0,octetString,lab-router", $"{Host},{SysServices},SNMPv2-MIB::sysServices.0,integer32,6",
        }));
    }

    [Test]
    public async Task Statistics_tell_losses_and_round_trips_beside_the_results()
    {
        var text = await ConnectionsProcess.RunAsync("get", Host, "--stats", SysName);
        var json = await ConnectionsProcess.RunAsync("walk", Host, "--stats", "--json", $"{IfTable}.1.1");
        Assert.Multiple(() =>
        {
            Assert.That(text.Lines, Is.EqualTo(new[] { "SNMPv2-MIB::sysName.0 = STRING: lab-router" }));
            Assert.That(text.Error, Does.StartWith($"{Host}: 2 requests, 0 retransmissions, 0 timeouts, loss 0.0 %, round trip ").And.Contain("ms"));
            var statistics = json.Json[^1];
            Assert.That(statistics.GetProperty("address").GetString(), Is.EqualTo(Host));
            Assert.That(statistics.GetProperty("responses").GetInt64(), Is.EqualTo(statistics.GetProperty("requests").GetInt64()));
            Assert.That(statistics.GetProperty("shortestRoundTripMs").GetDouble(), Is.Positive.And.LessThanOrEqualTo(statistics.GetProperty("longestRoundTripMs").GetDouble()));
            Assert.That(statistics.GetProperty("loss").GetDouble(), Is.Zero);
        });
    }

    [Test]
    public async Task Walk_prints_all_that_lies_under_a_root()
    {
        var outcome = await ConnectionsProcess.RunAsync("walk", Host, $"{IfTable}.1.1");
        Assert.Multiple(() =>
        {
            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, "")));
            Assert.That(outcome.Lines, Is.EqualTo(Enumerable.Range(1, 200).Select(index => $"IF-MIB::ifIndex.{index} = INTEGER: {index}")));
        });
    }

    [Test]
    public async Task Values_of_several_devices_bear_their_names_in_order()
    {
        using var testbed = new TestbedFile(TestbedFile.TwoDevices);
        var outcome = await ConnectionsProcess.RunAsync("get", "-t", testbed.Path, "-d", "edge2", "-d", "edge1", SysName);
        Assert.That(outcome.Lines, Is.EqualTo(new[] { "edge2: SNMPv2-MIB::sysName.0 = STRING: edge2", "edge1: SNMPv2-MIB::sysName.0 = STRING: edge1" }), outcome.Error);
    }

    [Test]
    public async Task Nothing_listening_is_an_error_that_names_the_address()
    {
        var outcome = await ConnectionsProcess.RunAsync("get", "127.0.0.1:9", "--timeout", "0.1", "--retries", "0", SysName);
        outcome.AssertFailed(1, "127.0.0.1:9");
    }

    [Test]
    public async Task A_wrong_community_is_an_error_that_does_not_show_it()
    {
        var outcome = await ConnectionsProcess.RunAsync("get", Host, "-c", "not-this-one", "--timeout", "0.1", "--retries", "0", SysName);
        outcome.AssertFailed(1, Host, "community");
        Assert.That(outcome.Error, Does.Not.Contain("not-this-one"));
    }

    [Test]
    public async Task A_failure_is_told_in_JSON_too()
    {
        var outcome = await ConnectionsProcess.RunAsync("get", "127.0.0.1:9", "--json", "--timeout", "0.1", "--retries", "0", SysName);
        Assert.That(outcome.Json.Single().GetProperty("error").GetString(), Does.Contain("127.0.0.1:9"), outcome.Error);
    }

    [TestCase(PosixSignal.SIGINT, 130)]
    [TestCase(PosixSignal.SIGTERM, 143)]
    public async Task A_signal_in_the_middle_of_a_walk_ends_it_cleanly(PosixSignal signal, int exitCode)
    {
        var slow = _agent.Add(new SimulatedDeviceOptions
        {
            Name = "slow",
            Data = SyntheticDevice.Create("slow", seed: 2, interfaces: 10_000),
            Latency = TimeSpan.FromMilliseconds(100),
        });
        using var process = ConnectionsProcess.Start("walk", slow.EndPoint.ToString(), IfTable);
        Assert.That(await process.ReadLineAsync(), Does.StartWith("IF-MIB::ifIndex.1 = "));
        process.Signal(signal);
        var outcome = await process.EndAsync();
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(exitCode));
            Assert.That(outcome.Error, Is.EqualTo("connections: interrupted\n"));
        });
    }
}
