using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Client;

public sealed class SnmpValueTextTests
{
    [TestCase(SnmpType.Integer32, "-2147483648")]
    [TestCase(SnmpType.Integer32, "2147483647")]
    [TestCase(SnmpType.Counter32, "4294967295")]
    [TestCase(SnmpType.Gauge32, "0")]
    [TestCase(SnmpType.Counter64, "18446744073709551615")]
    [TestCase(SnmpType.OctetString, "")]
    [TestCase(SnmpType.OctetString, "42")]
    [TestCase(SnmpType.ObjectIdentifier, "1.3.6.1.4294967295")]
    [TestCase(SnmpType.IpAddress, "255.255.255.255")]
    public void A_text_becomes_a_value_that_reads_the_same(SnmpType type, string text)
    {
        var value = SnmpValueText.Parse(type, text);

        Assert.That((value.Type, value.ToString()), Is.EqualTo((type, text)));
    }

    [TestCase(SnmpType.Integer32, "2147483648", "-2147483648 to 2147483647")]
    [TestCase(SnmpType.Integer32, "-2147483649", "-2147483648 to 2147483647")]
    [TestCase(SnmpType.Integer32, "1.5", "a whole number")]
    [TestCase(SnmpType.Integer32, " 1", "a whole number")]
    [TestCase(SnmpType.Integer32, "", "a whole number")]
    [TestCase(SnmpType.Counter32, "-1", "0 to 4294967295")]
    [TestCase(SnmpType.Counter32, "4294967296", "0 to 4294967295")]
    [TestCase(SnmpType.Gauge32, "4294967296", "0 to 4294967295")]
    [TestCase(SnmpType.TimeTicks, "4294967296", "hundredths of a second")]
    [TestCase(SnmpType.Counter64, "18446744073709551616", "0 to 18446744073709551615")]
    [TestCase(SnmpType.Counter64, "many", "0 to 18446744073709551615")]
    [TestCase(SnmpType.ObjectIdentifier, "1.3.six", "1.3.6.1.2.1.1.5.0")]
    [TestCase(SnmpType.ObjectIdentifier, "1.3.4294967296", "1.3.6.1.2.1.1.5.0")]
    [TestCase(SnmpType.IpAddress, "192.0.2.300", "192.0.2.1")]
    [TestCase(SnmpType.IpAddress, "192.0.2", "192.0.2.1")]
    [TestCase(SnmpType.IpAddress, "::1", "192.0.2.1")]
    [TestCase(SnmpType.Opaque, "9F7", "pairs")]
    [TestCase(SnmpType.Null, "0", "empty")]
    [TestCase(SnmpType.EndOfMibView, "", "EndOfMibView")]
    [TestCase((SnmpType)0x99, "", "type")]
    public void A_text_that_is_no_value_of_its_type_is_an_error_that_says_what_would_be(SnmpType type, string text, string rule) =>
        Assert.That(() => SnmpValueText.Parse(type, text), Throws.TypeOf<SnmpParseException>().With.Message.Contains(rule).And.Message.Contains(text));

    [TestCase('x', "00 1A:2b-ff", "001A2BFF")]
    [TestCase('x', "0x00ff", "00FF")]
    [TestCase('x', "", "")]
    [TestCase('d', "192.0.2.1", "C0000201")]
    [TestCase('d', "0 255", "00FF")]
    [TestCase('b', "0", "80")]
    [TestCase('b', "0, 3, 15", "9001")]
    [TestCase('b', "", "")]
    [TestCase('s', "0x00", "30783030")]
    public void Octets_are_written_in_four_ways(char letter, string text, string octets) =>
        Assert.That(SnmpValueText.Parse(letter, text), Is.EqualTo(SnmpValue.OctetString(Convert.FromHexString(octets))));

    [TestCase('U', "0", "9F7B0100")]
    [TestCase('U', "255", "9F7B0200FF")]
    [TestCase('U', "18446744073709551615", "9F7B0900FFFFFFFFFFFFFFFF")]
    [TestCase('I', "-1", "9F7A01FF")]
    [TestCase('I', "-9223372036854775808", "9F7A088000000000000000")]
    [TestCase('F', "1", "9F78043F800000")]
    [TestCase('D', "-2", "9F7908C000000000000000")]
    public void Other_numbers_travel_in_Opaque(char letter, string text, string octets) =>
        Assert.That(SnmpValueText.Parse(letter, text), Is.EqualTo(SnmpValue.Opaque(Convert.FromHexString(octets))));

    [TestCase('c', SnmpType.Counter32)]
    [TestCase('C', SnmpType.Counter64)]
    public void Counters_have_letters_too_although_snmpset_knows_none(char letter, SnmpType type) =>
        Assert.That(SnmpValueText.Parse(letter, "7"), Is.EqualTo(SnmpValueText.Parse(type, "7")));

    [TestCase('x', "0", "pairs")]
    [TestCase('x', "zz", "pairs")]
    [TestCase('d', "256", "0 to 255")]
    [TestCase('d', "a", "0 to 255")]
    [TestCase('b', "999999", "bits")]
    [TestCase('F', "1e39", "a number")]
    [TestCase('D', "one", "a number")]
    [TestCase('U', "18446744073709551616", "0 to 18446744073709551615")]
    [TestCase('I', "9223372036854775808", "-9223372036854775808 to 9223372036854775807")]
    [TestCase('z', "1", "i INTEGER, u Unsigned32")]
    public void What_a_letter_cannot_mean_is_refused(char letter, string text, string rule) =>
        Assert.That(() => SnmpValueText.Parse(letter, text), Throws.TypeOf<SnmpParseException>().With.Message.Contains(rule));
}
