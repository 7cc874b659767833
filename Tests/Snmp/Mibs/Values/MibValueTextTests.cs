using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Mibs.Values;

/// <summary>Values as text by their syntax, and text as values for SET.</summary>
public sealed class MibValueTextTests
{
    private static readonly MibSyntax Status = Made.Enumeration("up", "down", "testing");
    private static readonly MibSyntax Days = Made.Bits("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    private static readonly MibSyntax DateAndTime = Made.Text with { TypeName = "DateAndTime", DisplayHint = "2d-1d-1d,1d:1d:1d.1d,1a1d:1d", Sizes = [new MibRange(8, 8), new MibRange(11, 11)] };
    private static readonly MibSyntax Hundredths = Made.Integer with { TypeName = "Hundredths", DisplayHint = "d-2" };

    private static IEnumerable<TestCaseData> BothWays =>
    [
        new(Status, SnmpValue.Integer32(2), "down(2)"),
        new(Days, SnmpValue.OctetString([0xA0]), "sunday(0) tuesday(2)"),
        new(Days, SnmpValue.OctetString([0x00]), ""),
        new(Hundredths, SnmpValue.Integer32(1234), "12.34"),
        new(Made.Mac, SnmpValue.OctetString([0, 0x1B, 0x21, 0xAB, 0x0C, 0xFF]), "00:1b:21:ab:0c:ff"),
        new(Made.DisplayString, SnmpValue.OctetString("rack 4"), "rack 4"),
        new(Made.DisplayString, SnmpValue.OctetString(""), ""),
        new(Made.Inet, SnmpValue.OctetString([192, 0, 2, 1]), "192.0.2.1"),
        new(Made.Inet, SnmpValue.OctetString([192, 0, 2, 1, 0, 0, 0, 7]), "192.0.2.1%7"),
        new(Made.Inet, SnmpValue.OctetString([0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), "2001:db8::1"),
        new(Made.Inet, SnmpValue.OctetString("host.example"), "host.example"),
        new(DateAndTime, SnmpValue.OctetString([0x07, 0xC8, 5, 26, 13, 30, 15, 0, (byte)'-', 4, 0]), "1992-5-26,13:30:15.0,-4:0"),
        new(Made.Ticks, SnmpValue.TimeTicks(8_640_000 + 738_456), "1 day, 2:03:04.56"),
        new(Made.Ticks, SnmpValue.TimeTicks(56), "0:00:00.56"),
        new(Made.Address, SnmpValue.IpAddress(System.Net.IPAddress.Parse("192.0.2.9")), "192.0.2.9"),
        new(Made.Unsigned, SnmpValue.Gauge32(uint.MaxValue), "4294967295"),
        new(Made.ObjectId, SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.2.1.1.5.0")), "SNMPv2-MIB::sysName.0"),
    ];

    [TestCaseSource(nameof(BothWays))]
    public void A_value_is_written_by_its_syntax_and_read_back(MibSyntax syntax, SnmpValue value, string text)
    {
        Assert.That(MibValueText.Format(value, syntax), Is.EqualTo(text));
        Assert.That(MibValueText.Parse(text, syntax), Is.EqualTo(value));
    }

    private static IEnumerable<TestCaseData> OtherForms =>
    [
        new(Status, "down", SnmpValue.Integer32(2)),
        new(Status, "DOWN", SnmpValue.Integer32(2)),
        new(Status, "2", SnmpValue.Integer32(2)),
        new(Days, "{ tuesday, sunday }", SnmpValue.OctetString([0xA0])),
        new(Days, "0 2", SnmpValue.OctetString([0xA0])),
        new(Made.Mac, "0:1b:21:ab:c:ff", SnmpValue.OctetString([0, 0x1B, 0x21, 0xAB, 0x0C, 0xFF])),
        new(Made.Mac, "0x001B21AB0CFF", SnmpValue.OctetString([0, 0x1B, 0x21, 0xAB, 0x0C, 0xFF])),
        new(Made.Text, "0x00 ff", SnmpValue.OctetString([0, 0xFF])),
        new(Made.Text, "0xylophone", SnmpValue.OctetString("0xylophone")),
        new(DateAndTime, "1992-05-26T13:30:15-04:00", SnmpValue.OctetString([0x07, 0xC8, 5, 26, 13, 30, 15, 0, (byte)'-', 4, 0])),
        new(DateAndTime, "1992-05-26T13:30:15Z", SnmpValue.OctetString([0x07, 0xC8, 5, 26, 13, 30, 15, 0, (byte)'+', 0, 0])),
        new(DateAndTime, "1992-05-26 13:30:15.5", SnmpValue.OctetString([0x07, 0xC8, 5, 26, 13, 30, 15, 5])),
        new(Made.Ticks, "12345", SnmpValue.TimeTicks(12345)),
        new(Made.Ticks, "2 days, 0:00:01", SnmpValue.TimeTicks(17_280_100)),
        new(Made.ObjectId, "sysName.0", SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.2.1.1.5.0"))),
    ];

    [TestCaseSource(nameof(OtherForms))]
    public void A_value_is_read_from_other_forms_too(MibSyntax syntax, string text, SnmpValue value) =>
        Assert.That(MibValueText.Parse(text, syntax), Is.EqualTo(value));

    private static IEnumerable<TestCaseData> Refused =>
    [
        new(Status, "dwn", "one of up(1), down(2), testing(3)"),
        new(Status, "4", "one of up(1), down(2), testing(3)"),
        new(Status, "down(1)", "one of up(1)"),
        new(Days, "sunday someday", "'someday' is no value"),
        new(Days, "sunday someday", "sunday(0), monday(1)"),
        new(Made.Integer with { Ranges = [new MibRange(1, 10), new MibRange(20, 20)] }, "15", "1 to 10 or 20"),
        new(Made.Unsigned with { Ranges = [new MibRange(0, 65535)] }, "65536", "0 to 65535"),
        new(Made.Integer, "many", "-2147483648 to 2147483647"),
        new(Hundredths, "12.345", "'d-2'"),
        new(Made.Mac, "00:1b", "2 octets in place of 6"),
        new(Made.Mac, "somewhere", "'1x:'"),
        new(Made.DisplayString with { Sizes = [new MibRange(0, 4)] }, "Berlin", "6 octets in place of 0 to 4"),
        new(Made.Address, "192.0.2", "IPv4"),
        new(Made.Ticks, "soon", "TimeTicks"),
        new(Made.ObjectId, "noSuchName.0", "noSuchName"),
    ];

    [TestCaseSource(nameof(Refused))]
    public void What_is_no_value_is_refused_with_what_would_be(MibSyntax syntax, string text, string allowed) =>
        Assert.That(() => MibValueText.Parse(text, syntax), Throws.TypeOf<SnmpParseException>().With.Message.Contains(allowed));

    [Test]
    public void A_value_of_another_type_than_the_module_says_is_written_by_its_own() => Assert.Multiple(() =>
    {
        Assert.That(MibValueText.Format(SnmpValue.Gauge32(1), Status), Is.EqualTo("1"));
        Assert.That(MibValueText.Format(SnmpValue.NoSuchInstance, Status), Is.EqualTo("noSuchInstance"));
        Assert.That(MibValueText.Format(SnmpValue.OctetString([0xFF, 1]), Made.Integer), Is.EqualTo("FF 01"));
    });

    [Test]
    public void Text_that_a_terminal_would_obey_is_written_in_hexadecimal() =>
        Assert.That(MibValueText.Format(SnmpValue.OctetString("\u001b[2J"), Made.DisplayString), Is.EqualTo("1B 5B 32 4A"));

    [Test]
    public void The_type_of_an_instance_comes_from_the_tree()
    {
        var status = Oid.Parse("1.3.6.1.2.1.2.2.1.7.3");

        Assert.That(MibValueText.Parse("down", status), Is.EqualTo(SnmpValue.Integer32(2)));
        Assert.That(MibValueText.Format(new VarBind(status, 1)), Is.EqualTo("up(1)"));
        Assert.That(() => MibValueText.Parse("dwn", status), Throws.TypeOf<SnmpParseException>().With.Message.Contains("IF-MIB::ifAdminStatus"));
        Assert.That(MibValueText.Parse("down", Oid.Parse("1.3.6.1.4.1.99999.1")), Is.EqualTo(SnmpValue.OctetString("down")));
    }
}
