using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

/// <summary>The Net-SNMP tools, an independent manager, agree with the agent value for value.</summary>
internal sealed class NetSnmpToolTests : AgentFixture
{
    [TestCase("127.3.2.1")]
    [TestCase("::1")]
    public async Task Snmpbulkwalk_reads_the_whole_device(string address)
    {
        var device = AddRouterAt(address);

        var (exitCode, lines, errors) = await NetSnmpTool.RunAsync("snmpbulkwalk", "2c", "public", device.EndPoint, "-Cr25", ".1");

        Assert.That((exitCode, errors), Is.EqualTo((0, "")));
        Assert.That(lines.SkipLast(1), Is.EqualTo(Expected.Values(device).Select(Line)));
        Assert.That(lines[^1], Does.Contain("No more variables left"));
    }

    [Test]
    public async Task Snmpwalk_in_v1_reads_all_but_Counter64()
    {
        var device = AddRouterAt("127.3.2.1");

        var (exitCode, lines, errors) = await NetSnmpTool.RunAsync("snmpwalk", "1", "public", device.EndPoint, ".1");

        Assert.That((exitCode, errors.Trim()), Is.EqualTo((0, "")));
        Assert.That(
            lines.Where(line => line.Contains(" = ")),
            Is.EqualTo(Expected.Values(device).Where(varBind => varBind.Value.Type != SnmpType.Counter64).Select(Line)));
    }

    [Test]
    public async Task Every_type_of_a_recording_arrives_as_it_was_recorded()
    {
        var device = AddRecorded(
            "1.3.6.1.1.1|2|-2147483648",
            "1.3.6.1.1.2|4|plain",
            "1.3.6.1.1.3|4x|" + string.Concat(Enumerable.Range(0, 100).Select(i => i.ToString("x2"))),
            "1.3.6.1.1.4|4|",
            "1.3.6.1.1.5|6|2.999.4294967295.0",
            "1.3.6.1.1.6|64|255.0.1.2",
            "1.3.6.1.1.7|65|4294967295",
            "1.3.6.1.1.8|66|2147483648",
            "1.3.6.1.1.9|67|4294967295",
            "1.3.6.1.1.10|70|18446744073709551615",
            "1.3.6.1.1.4294967295.128|2|127");

        var (exitCode, lines, _) = await NetSnmpTool.RunAsync("snmpbulkwalk", "2c", "public", device.EndPoint, "-Cr3", ".1.3.6.1.1");

        Assert.That(exitCode, Is.Zero);
        Assert.That(lines.SkipLast(1), Is.EqualTo(Expected.Values(device).Select(Line)));
    }

    [TestCase("1")]
    [TestCase("2c")]
    public async Task Snmpset_writes_and_snmpget_and_snmpgetnext_read_back(string version)
    {
        var device = AddRouterAt("127.3.2.1");

        var set = await NetSnmpTool.RunAsync("snmpset", version, "private", device.EndPoint, Names.SysName, "s", "renamed", Names.IfEntry + ".7.1", "i", "2");
        var get = await NetSnmpTool.RunAsync("snmpget", version, "public", device.EndPoint, Names.SysName, Names.IfEntry + ".7.1");
        var next = await NetSnmpTool.RunAsync("snmpgetnext", version, "public", device.EndPoint, Names.SysContact);

        string[] expected = [Line(new VarBind(Oid.Parse(Names.SysName), Text("renamed"))), $".{Names.IfEntry}.7.1 = INTEGER: 2"];
        Assert.That(set.Lines, Is.EqualTo(expected));
        Assert.That(get.Lines, Is.EqualTo(expected));
        Assert.That(next.Lines, Is.EqualTo(expected[..1]));
    }

    [TestCase("2c", "notWritable")]
    [TestCase("1", "noSuchName")]
    public async Task A_refused_snmpset_tells_the_status_and_the_object(string version, string status)
    {
        var device = AddRouterAt("127.3.2.1");

        var set = await NetSnmpTool.RunAsync("snmpset", version, "private", device.EndPoint, Names.SysName, "s", "x", Names.SysDescr, "s", "x");

        Assert.That(set.ExitCode, Is.Not.Zero);
        Assert.That(set.Errors, Does.Contain(status).And.Contain($"Failed object: .{Names.SysDescr}"));
        Assert.That(Expected.Value(device, Oid.Parse(Names.SysName)), Is.EqualTo(Text("r1")));
    }

    [TestCase(Names.SysDescr + ".7", "No Such Instance")]
    [TestCase(Names.PastAll, "No Such Object")]
    public async Task Snmpget_tells_what_is_missing(string name, string expected)
    {
        var get = await NetSnmpTool.RunAsync("snmpget", "2c", "public", AddRouterAt("127.3.2.1").EndPoint, name);

        Assert.That(get.Lines.Single(), Does.StartWith($".{name} = {expected}"));
    }

    private SimulatedDevice AddRouterAt(string address) => Agent.Add(new SimulatedDeviceOptions
    {
        Name = "r1",
        Data = SyntheticDevice.Create("r1", seed: 1, interfaces: 3),
        EndPoint = new IPEndPoint(IPAddress.Parse(address), 0),
    });

    private static string Line(VarBind varBind) => $".{varBind.Oid} = {Print(varBind.Value)}".TrimEnd();

    private static string Print(SnmpValue value) => value.Type switch
    {
        SnmpType.Integer32 => $"INTEGER: {value.ToInt64()}",
        SnmpType.OctetString when value.Bytes.IsEmpty => "\"\"",
        SnmpType.OctetString => $"Hex-STRING: {string.Join(' ', value.Bytes.ToArray().Select(octet => octet.ToString("X2")))}",
        SnmpType.ObjectIdentifier => $"OID: .{value.ToOid()}",
        SnmpType.TimeTicks => value.ToUInt64().ToString(),
        _ => $"{value.Type}: {value}",
    };
}
