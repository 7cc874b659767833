using System.Net;
using System.Text;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class SnmpWalkTests
{
    private static readonly object[][] Values =
    [
        ["STRING: \"edge1\"", SnmpValue.OctetString("edge1")],
        ["STRING: eth0", SnmpValue.OctetString("eth0")],
        ["STRING: ", SnmpValue.OctetString("")],
        ["\"\"", SnmpValue.OctetString("")],
        ["", SnmpValue.OctetString("")],
        ["STRING: \"a \\\"quoted\\\" \\\\ name\"", SnmpValue.OctetString("a \"quoted\" \\ name")],
        ["STRING: \"ends in \\\\\"", SnmpValue.OctetString("ends in \\")],
        ["STRING: \"first\n.1.3.9 = INTEGER: 7\n\nlast\"", SnmpValue.OctetString("first\n.1.3.9 = INTEGER: 7\n\nlast")],
        ["Hex-STRING: 00 1A FF ", SnmpValue.OctetString([0x00, 0x1A, 0xFF])],
        ["Hex-STRING: 00 01 \n02 03 \n04 ", SnmpValue.OctetString([0, 1, 2, 3, 4])],
        ["BITS: 80 02 first(0) other(14) ", SnmpValue.OctetString([0x80, 0x02])],
        ["INTEGER: -7", SnmpValue.Integer32(-7)],
        ["INTEGER: up(1)", SnmpValue.Integer32(1)],
        ["INTEGER: 1500 milli-seconds", SnmpValue.Integer32(1500)],
        ["Wrong Type (should be Counter32): INTEGER: 5", SnmpValue.Integer32(5)],
        ["Counter32: 4294967295", SnmpValue.Counter32(uint.MaxValue)],
        ["Gauge32: 1000 bits/s", SnmpValue.Gauge32(1000)],
        ["Timeticks: (123) 0:00:01.23", SnmpValue.TimeTicks(123)],
        ["Counter64: 18446744073709551615", SnmpValue.Counter64(ulong.MaxValue)],
        ["OID: .1.3.6.1.4.1", SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1"))],
        ["IpAddress: 10.1.2.3", SnmpValue.IpAddress(IPAddress.Parse("10.1.2.3"))],
        ["Network Address: 0A:01:02:03", SnmpValue.IpAddress(IPAddress.Parse("10.1.2.3"))],
        ["Opaque: Float: 123.000000", SnmpValue.OpaqueFloat(123)],
        ["Opaque: Double: 0.5", SnmpValue.OpaqueDouble(0.5)],
        ["OPAQUE: 04 01 07 ", SnmpValue.Opaque([4, 1, 7])],
        ["NULL", SnmpValue.Null],
    ];

    [TestCaseSource(nameof(Values))]
    public void A_value_is_read_as_it_was_printed(string printed, SnmpValue expected)
    {
        var data = SnmpWalk.Parse($".1.3.1 = {printed}\n.1.3.2 = INTEGER: 1\n", "a.snmpwalk");

        Assert.That(data.Select(variable => variable.Oid.ToString()), Is.EqualTo(new[] { "1.3.1", "1.3.2" }));
        Assert.That(data[0].Value, Is.EqualTo(expected));
    }

    [TestCase(".1.3.2 = No more variables left in this MIB View (It is past the end of the MIB tree)")]
    [TestCase(".1.3.2 = No Such Object available on this agent at this OID")]
    [TestCase(".1.3.2 = No Such Instance currently exists at this OID")]
    [TestCase("End of MIB")]
    [TestCase("# of a router")]
    [TestCase("")]
    public void What_is_no_variable_is_passed_over(string line) =>
        Assert.That(SnmpWalk.Parse($".1.3.1 = INTEGER: 1\r\n{line}\r\n", "a.snmpwalk").Single().Value, Is.EqualTo(SnmpValue.Integer32(1)));

    [TestCase("SNMPv2-MIB::sysName.0 = STRING: a", "snmpwalk -On")]
    [TestCase("iso.3.6.1 = INTEGER: 1", "'iso.3.6.1'")]
    [TestCase("nothing of the kind", "OID = TYPE: value")]
    [TestCase(".1.3.2 = 5", "has no type")]
    [TestCase(".1.3.2 = INTEGER: many", "many")]
    [TestCase(".1.3.2 = Counter32: -1", "-1")]
    [TestCase(".1.3.2 = Hex-STRING: 00 1G", "'1G'")]
    [TestCase(".1.3.2 = OID: SNMPv2-MIB::sysName", "SNMPv2-MIB::sysName")]
    [TestCase(".1.3.2 = IpAddress: 10.1", "10.1")]
    [TestCase(".1.3.2 = Widget: 1", "'Widget: 1'")]
    [TestCase(".1.3.2 = Opaque: Quad: 1", "Quad")]
    [TestCase(".1.3.2 = STRING: \"open", "closing quote")]
    [TestCase(".1.3.2 = STRING: \u20ac", "one octet each")]
    [TestCase(".1.3.1 = INTEGER: 2", "already on line 1")]
    public void A_wrong_line_is_named_with_its_file_and_what_is_wrong(string line, string problem)
    {
        var thrown = Assert.Throws<RecordingException>(() => SnmpWalk.Parse($".1.3.1 = INTEGER: 1\n{line}", "lab/a.snmpwalk"));

        Assert.That(thrown.Message, Does.StartWith("lab/a.snmpwalk:2: ").And.Contains(problem));
        Assert.That((thrown.File, thrown.Line), Is.EqualTo(("lab/a.snmpwalk", 2)));
    }

    [TestCase(".snmpwalk", ".1.3.1 = STRING: \"\u00e9\"\n")]
    [TestCase(".walk", ".1.3.1 = STRING: \"\u00e9\"\n")]
    [TestCase(".snmprec", "1.3.1|4|\u00e9\n")]
    public void The_name_of_a_file_tells_its_format(string extension, string content)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + extension);
        File.WriteAllText(path, content, Encoding.Latin1);
        try
        {
            Assert.That(Recording.Load(path).Single().Value, Is.EqualTo(SnmpValue.OctetString([0xE9])));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
