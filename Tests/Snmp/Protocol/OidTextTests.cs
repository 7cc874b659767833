using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

public sealed class OidTextTests
{
    [TestCase("1.3.6.1.2.1.1.1.0")]
    [TestCase("0.0")]
    [TestCase("0.39")]
    [TestCase("1.39.4294967295")]
    [TestCase("2.40")]
    [TestCase("2.47.1")]
    [TestCase("2.48")]
    [TestCase("2.999.3")]
    [TestCase("2.4294967295")]
    [TestCase("1")]
    [TestCase("2")]
    [TestCase("1.3.6.1.4.1.4294967295.127.128.16383.16384.2097151.2097152.268435455.268435456")]
    public void An_oid_is_printed_as_it_was_read(string text)
    {
        Assert.That(Oid.Parse(text).ToString(), Is.EqualTo(text));
        Assert.That(Oid.Parse("." + text).ToString(), Is.EqualTo(text));
        Assert.That(Oid.TryParse(text, out var oid), Is.True);
        Assert.That(oid, Is.EqualTo(Oid.Parse(text)));
    }

    [Test]
    public void An_oid_of_128_arcs_is_the_longest()
    {
        var longest = "2." + string.Join('.', Enumerable.Repeat(uint.MaxValue, 127));

        Assert.That(Oid.Parse(longest).ToString(), Is.EqualTo(longest));
        Assert.That(Oid.Parse(longest).Count, Is.EqualTo(128));
        Assert.That(() => Oid.Parse(longest + ".1"), Throws.TypeOf<FormatException>().With.Message.Contains("more than 128 arcs"));
        Assert.That(() => Oid.Parse(longest).Append(1), Throws.ArgumentException.With.Message.Contains("more than 128 arcs"));
    }

    [TestCase("", "'' is not an OID: it has no arcs; write numbers and dots, such as 1.3.6.1.2.1.1.1.0.")]
    [TestCase(".", "'.' is not an OID: it has no arcs; write numbers and dots, such as 1.3.6.1.2.1.1.1.0.")]
    [TestCase("sysDescr", "'sysDescr' is not an OID: it is not a number; write numbers and dots, such as 1.3.6.1.2.1.1.1.0.")]
    [TestCase("1.3.six.1", "'1.3.six.1' is not an OID: 'six' is not a number; write numbers and dots, such as 1.3.6.1.2.1.1.1.0.")]
    [TestCase("1.3 ", "'1.3 ' is not an OID: '3 ' is not a number; write numbers and dots, such as 1.3.6.1.2.1.1.1.0.")]
    [TestCase("1.-3", "'1.-3' is not an OID: '-3' is not a number; write numbers and dots, such as 1.3.6.1.2.1.1.1.0.")]
    [TestCase("1.3..6", "'1.3..6' is not an OID: a number is missing before or after a dot.")]
    [TestCase("1.3.", "'1.3.' is not an OID: a number is missing before or after a dot.")]
    [TestCase("..1", "'..1' is not an OID: a number is missing before or after a dot.")]
    [TestCase("1.3.4294967296", "'1.3.4294967296' is not an OID: 4294967296 is larger than 4294967295.")]
    [TestCase("1.3.18446744073709551617", "'1.3.18446744073709551617' is not an OID: 18446744073709551617 is larger than 4294967295.")]
    [TestCase("3.1", "'3.1' is not an OID: the first arc must be 0, 1 or 2.")]
    [TestCase("1.40", "'1.40' is not an OID: the second arc must be at most 39 where the first is 0 or 1.")]
    public void What_is_no_oid_is_refused_with_the_reason(string text, string message)
    {
        Assert.That(() => Oid.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo(message));
        Assert.That(Oid.TryParse(text, out var oid), Is.False);
        Assert.That(oid, Is.EqualTo(default(Oid)));
    }

    [Test]
    public void A_long_text_is_quoted_in_part()
    {
        Assert.That(
            () => Oid.Parse(new string('x', 100_000)),
            Throws.TypeOf<FormatException>().With.Message.Length.LessThan(300));
        Assert.That(
            () => Oid.Parse("1.3." + new string('9', 100_000)),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(
                $"'1.3.{new string('9', 96)}…' is not an OID: an arc is larger than 4294967295."));
    }

    [Test]
    public void Null_is_not_parsed()
    {
        Assert.That(() => Oid.Parse((string)null!), Throws.ArgumentNullException);
        Assert.That(Oid.TryParse(null, out _), Is.False);
    }

    [Test]
    public void The_oid_without_arcs_prints_as_nothing() => Assert.That(default(Oid).ToString(), Is.Empty);

    [Test]
    public void A_buffer_that_is_too_short_is_refused_at_every_length()
    {
        var oid = Oid.Parse("1.3.6.1.4.1.4294967295.0");
        var text = oid.ToString();
        var buffer = new char[text.Length];

        for (var length = 0; length < text.Length; length++)
        {
            Assert.That(oid.TryFormat(buffer.AsSpan(0, length), out var written), Is.False);
            Assert.That(written, Is.Zero);
        }

        Assert.That(oid.TryFormat(buffer, out var all), Is.True);
        Assert.That(all, Is.EqualTo(text.Length));
        Assert.That(new string(buffer), Is.EqualTo(text));
    }

    [Test]
    public void Interpolation_and_generic_parsing_use_the_same_form()
    {
        var oid = Parse<Oid>("1.3.6.1");

        Assert.That($"<{oid}>", Is.EqualTo("<1.3.6.1>"));
        Assert.That($"{new VarBind(oid, SnmpValue.Integer32(7))}", Is.EqualTo("1.3.6.1 = 7"));

        static T Parse<T>(string text)
            where T : ISpanParsable<T> => T.Parse(text, null);
    }
}
