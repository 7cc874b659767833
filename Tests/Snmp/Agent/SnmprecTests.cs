using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class SnmprecTests
{
    private static readonly object[][] Values =
    [
        ["2|-7", SnmpValue.Integer32(-7)],
        ["4|a text | with a bar ", SnmpValue.OctetString("a text | with a bar ")],
        ["4|", SnmpValue.OctetString("")],
        ["4|\u00e9", SnmpValue.OctetString([0xE9])],
        ["4x|00fF", SnmpValue.OctetString([0x00, 0xFF])],
        ["5|", SnmpValue.Null],
        ["6|1.3.6.1.4.1", SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1"))],
        ["64|10.1.2.3", SnmpValue.IpAddress(IPAddress.Parse("10.1.2.3"))],
        ["64x|0a010203", SnmpValue.IpAddress(IPAddress.Parse("10.1.2.3"))],
        ["65|4294967295", SnmpValue.Counter32(uint.MaxValue)],
        ["66|1000", SnmpValue.Gauge32(1000)],
        ["67|123", SnmpValue.TimeTicks(123)],
        ["68x|9f780442f60000", SnmpValue.OpaqueFloat(123)],
        ["70|18446744073709551615", SnmpValue.Counter64(ulong.MaxValue)],
    ];

    [TestCaseSource(nameof(Values))]
    public void A_line_gives_the_value_of_its_tag(string fields, SnmpValue expected) =>
        Assert.That(Snmprec.Parse("1.3.6.1.1|" + fields, "a.snmprec").Single().Value, Is.EqualTo(expected));

    [Test]
    public void Comments_blank_lines_and_line_ends_of_Windows_are_passed_over()
    {
        var data = Snmprec.Parse("# a router\r\n\r\n1.3.2|2|2\r\n   \r\n.1.3.1|4|x\r\n", "a.snmprec");

        Assert.That(data.Select(variable => variable.Oid.ToString()), Is.EqualTo(new[] { "1.3.1", "1.3.2" }));
        Assert.That(data[0].Value, Is.EqualTo(SnmpValue.OctetString("x")));
    }

    [TestCase("1.3.6.1.1|2", "OID|tag|value")]
    [TestCase("1.3.x|2|1", "'1.3.x'")]
    [TestCase("1.3.1|two|1", "'two'")]
    [TestCase("1.3.1|2|one", "'one'")]
    [TestCase("1.3.1|65|-1", "'-1'")]
    [TestCase("1.3.1|65|4294967296", "'4294967296'")]
    [TestCase("1.3.1|3|0", "3 is none of")]
    [TestCase("1.3.1|4x|abc", "hex")]
    [TestCase("1.3.1|2x|0a", "hexadecimal")]
    [TestCase("1.3.1|64|10.1.2", "'10.1.2'")]
    [TestCase("1.3.1|64|::1", "'::1'")]
    [TestCase("1.3.1|64x|0a01", "'0a01'")]
    [TestCase("1.3.1|4|\u20ac", "4x")]
    [TestCase("1.3.1|4:numeric|min=1", "4:numeric")]
    public void A_wrong_line_is_named_with_its_file_and_what_is_wrong(string line, string problem)
    {
        var thrown = Assert.Throws<RecordingException>(() => Snmprec.Parse("# first\n" + line, "lab/a.snmprec"));

        Assert.That(thrown.Message, Does.StartWith("lab/a.snmprec:2: ").And.Contains(problem));
        Assert.That((thrown.File, thrown.Line), Is.EqualTo(("lab/a.snmprec", 2)));
    }

    [Test]
    public void A_variable_recorded_twice_is_named_with_both_lines()
    {
        var thrown = Assert.Throws<RecordingException>(() => Snmprec.Parse("1.3.1|2|1\n1.3.2|2|1\n.1.3.1|2|3", "a.snmprec"));

        Assert.That(thrown.Message, Does.StartWith("a.snmprec:3: ").And.Contains("1.3.1").And.Contains("line 1"));
    }

    private static readonly SnmpValue[] Recordable =
    [
        SnmpValue.Integer32(int.MinValue),
        SnmpValue.OctetString("a text | with a bar "),
        SnmpValue.OctetString(""),
        SnmpValue.OctetString([0x0A, 0x0D, 0x85, 0xE9]),
        SnmpValue.OctetString("# no comment"),
        SnmpValue.Null,
        SnmpValue.ObjectIdentifier(Oid.Parse("2.999.4294967295")),
        SnmpValue.IpAddress(IPAddress.Parse("255.0.1.2")),
        SnmpValue.Counter32(uint.MaxValue),
        SnmpValue.Gauge32(1000),
        SnmpValue.TimeTicks(123),
        SnmpValue.OpaqueDouble(0.5),
        SnmpValue.Counter64(ulong.MaxValue),
    ];

    [TestCaseSource(nameof(Recordable))]
    public void What_is_written_is_read_again(SnmpValue value)
    {
        var varBind = new VarBind(Oid.Parse("1.3.6.1.4.1.4294967295"), value);

        var read = Snmprec.Parse(Snmprec.Format(varBind), "a.snmprec").Single();

        Assert.That((read.Oid, read.Value), Is.EqualTo((varBind.Oid, varBind.Value)));
    }

    [Test]
    public void An_exception_cannot_be_recorded() =>
        Assert.That(() => Snmprec.Format(new VarBind(Oid.Parse("1.3"), SnmpValue.EndOfMibView)), Throws.ArgumentException);

    [Test]
    public void Octets_that_some_take_for_line_ends_are_none() =>
        Assert.That(Snmprec.Parse("1.3.1|4|a\u0085b\u000Cc", "a.snmprec").Single().Value, Is.EqualTo(SnmpValue.OctetString([(byte)'a', 0x85, (byte)'b', 0x0C, (byte)'c'])));

    [Test]
    public void A_file_is_read_octet_by_octet()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.snmprec");
        File.WriteAllBytes(path, [.. "1.3.1|4|"u8, 0xC3, 0xA9, 0xFF, (byte)'\n']);
        try
        {
            Assert.That(Snmprec.Load(path).Single().Value, Is.EqualTo(SnmpValue.OctetString([0xC3, 0xA9, 0xFF])));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Only_what_RFC_3418_calls_writable_is_writable()
    {
        var data = Snmprec.Parse($"{Names.SysDescr}|4|d\n{Names.SysName}|4|n\n1.3.6.1.4.1.1.0|2|1", "a.snmprec");

        Assert.That(data.Where(variable => variable.IsWritable).Select(variable => variable.Oid.ToString()), Is.EqualTo(new[] { Names.SysName }));
    }
}
