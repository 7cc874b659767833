using Connections.Tests.Servers;

namespace Connections.Harness.Tests;

/// <summary>A real agent over TCP, with the address of the command line and with a testbed.</summary>
public class TcpOptionTests
{
    private const string SysDescr = "1.3.6.1.2.1.1.1.0";
    private const string SysOREntry = "1.3.6.1.2.1.1.9.1";

    private readonly string _host = TestServer.Snmpd.ToString();

    private const string Description = "SNMPv2-MIB::sysDescr.0 = STRING: A real snmpd for the tests of Connections";

    [Test]
    public async Task Get_and_walk_speak_TCP()
    {
        var get = await ConnectionsProcess.RunAsync("get", _host, "--tcp", SysDescr);
        var walk = await ConnectionsProcess.RunAsync("walk", _host, "--tcp", $"{SysOREntry}.2");
        var overUdp = await ConnectionsProcess.RunAsync("walk", _host, $"{SysOREntry}.2");

        Assert.That((get.Output, get.Error), Is.EqualTo((Description + "\n", "")));
        Assert.That((walk.Output, walk.Error), Is.EqualTo((overUdp.Output, "")));
    }

    [Test]
    public async Task Set_and_table_speak_TCP()
    {
        const string Contact = "1.3.6.1.2.1.1.4.0";
        var set = await ConnectionsProcess.RunAsync("set", _host, "--tcp", "-c", "private", Contact, "s", "over TCP");
        var table = await ConnectionsProcess.RunAsync("table", _host, "--tcp", "--csv", SysOREntry);

        Assert.That((set.Output, set.Error), Is.EqualTo(("SNMPv2-MIB::sysContact.0 = STRING: over TCP\n", "")));
        Assert.That((table.ExitCode, table.Error), Is.EqualTo((0, "")));
        Assert.That(table.Lines, Has.Count.GreaterThan(3));
    }

    [Test]
    public async Task An_agent_without_TCP_is_a_failure_that_says_so()
    {
        await using var agent = new Snmp.Agent.SnmpAgent();
        var host = agent.Add(new() { Name = "r1", Data = Snmp.Agent.SyntheticDevice.Create("r1", seed: 1) }).EndPoint.ToString();

        (await ConnectionsProcess.RunAsync("get", host, "--tcp", "--retries", "0", SysDescr)).AssertFailed(1, $"nothing listens on {host}");
    }

    [Test]
    public async Task A_testbed_says_transport()
    {
        using var testbed = new TestbedFile(
            $"devices: {{ r1: {{ connections: {{ snmp: {{ protocol: snmp, ip: {TestServer.Snmpd.Address}, port: {TestServer.Snmpd.Port}, transport: tcp }} }} }} }}");

        var outcome = await ConnectionsProcess.RunAsync("get", "-t", testbed.Path, SysDescr);
        var refused = await ConnectionsProcess.RunAsync("get", "-t", testbed.Path, "--tcp", SysDescr);

        Assert.That((outcome.Output, outcome.Error), Is.EqualTo((Description + "\n", "")));
        refused.AssertFailed(2, "--tcp is for HOST");
    }
}
