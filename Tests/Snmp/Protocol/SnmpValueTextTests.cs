using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

public sealed class SnmpValueTextTests
{
    private static IEnumerable<TestCaseData> Values =>
    [
        new(SnmpValue.Null, "null"),
        new(SnmpValue.Integer32(-5), "-5"),
        new(SnmpValue.Counter32(4294967295), "4294967295"),
        new(SnmpValue.Gauge32(0), "0"),
        new(SnmpValue.Counter64(18446744073709551615), "18446744073709551615"),
        new(SnmpValue.TimeTicks(0), "0:00:00.00"),
        new(SnmpValue.TimeTicks(4507), "0:00:45.07"),
        new(SnmpValue.TimeTicks(8640000 + 736556), "1 day, 2:02:45.56"),
        new(SnmpValue.TimeTicks(4294967295), "497 days, 2:27:52.95"),
        new(SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1.8072")), "1.3.6.1.4.1.8072"),
        new(SnmpValue.ObjectIdentifier(Oid.Parse("0.0")), "0.0"),
        new(SnmpValue.IpAddress(IPAddress.Parse("192.0.2.255")), "192.0.2.255"),
        new(SnmpValue.OpaqueFloat(1.1f), "1.1"),
        new(SnmpValue.OpaqueDouble(0.1), "0.1"),
        new(SnmpValue.OpaqueDouble(double.NaN), "NaN"),
        new(SnmpValue.Opaque([0x02, 0x01, 0x05]), "02 01 05"),
        new(SnmpValue.OctetString(""), ""),
        new(SnmpValue.OctetString("Linux\r\n\trouter 1"), "Linux\r\n\trouter 1"),
        new(SnmpValue.OctetString("Zürich, 東京"), "Zürich, 東京"),
        new(SnmpValue.OctetString("C string\0"), "C string"),
        new(SnmpValue.OctetString("a\0b"), "61 00 62"),
        new(SnmpValue.OctetString([0]), "00"),
        new(SnmpValue.OctetString([0, 0]), "00 00"),
        new(SnmpValue.OctetString([0x00, 0x1A, 0x2B, 0x3C, 0x4D, 0xFE]), "00 1A 2B 3C 4D FE"),
        new(SnmpValue.OctetString([(byte)'a', 0xC3]), "61 C3"),
        new(SnmpValue.OctetString("\u0085"), "C2 85"),
        new(SnmpValue.OctetString("\u001b[2J"), "1B 5B 32 4A"),
    ];

    [TestCaseSource(nameof(Values))]
    public void A_value_reads_well(SnmpValue value, string text) => Assert.That(value.ToString(), Is.EqualTo(text));

    [Test]
    public void Text_is_read_as_utf_8_whatever_it_holds()
    {
        Assert.That(SnmpValue.OctetString("Zürich\0").ToText(), Is.EqualTo("Zürich\0"));
        Assert.That(SnmpValue.OctetString([(byte)'a', 0xFF]).ToText(), Is.EqualTo("a\uFFFD"));
    }
}
