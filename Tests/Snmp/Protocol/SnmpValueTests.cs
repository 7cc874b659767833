using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

public sealed class SnmpValueTests
{
    [Test]
    public void The_default_value_is_null()
    {
        Assert.That(default(SnmpValue), Is.EqualTo(SnmpValue.Null));
        Assert.That(default(SnmpValue).Type, Is.EqualTo(SnmpType.Null));
        Assert.That(default(SnmpValue).IsException, Is.False);
    }

    [Test]
    public void Numbers_come_back_with_their_type()
    {
        Assert.That(SnmpValue.Integer32(int.MinValue).ToInt64(), Is.EqualTo(int.MinValue));
        Assert.That(SnmpValue.Counter32(uint.MaxValue).ToInt64(), Is.EqualTo(uint.MaxValue));
        Assert.That(SnmpValue.Gauge32(uint.MaxValue).ToUInt64(), Is.EqualTo(uint.MaxValue));
        Assert.That(SnmpValue.Counter64(ulong.MaxValue).ToUInt64(), Is.EqualTo(ulong.MaxValue));
        Assert.That(SnmpValue.TimeTicks(4294967295).ToTimeSpan(), Is.EqualTo(new TimeSpan(497, 2, 27, 52, 950)));
        Assert.That(SnmpValue.Integer32(-7).ToDouble(), Is.EqualTo(-7.0));
        Assert.That(SnmpValue.Counter64(ulong.MaxValue).ToDouble(), Is.EqualTo(18446744073709551615.0));
        Assert.That(SnmpValue.OpaqueFloat(1.1f).ToDouble(), Is.EqualTo((double)1.1f));
        Assert.That(SnmpValue.OpaqueDouble(-1e300).ToDouble(), Is.EqualTo(-1e300));
    }

    [Test]
    public void A_number_that_does_not_fit_the_getter_is_an_overflow()
    {
        Assert.That(
            () => SnmpValue.Counter64(1UL << 63).ToInt64(),
            Throws.TypeOf<OverflowException>().With.Message.Contains("9223372036854775808").And.Message.Contains("ToUInt64"));
        Assert.That(() => SnmpValue.Counter64(long.MaxValue).ToInt64(), Is.EqualTo(long.MaxValue));
        Assert.That(
            () => SnmpValue.Integer32(-1).ToUInt64(),
            Throws.TypeOf<OverflowException>().With.Message.Contains("-1").And.Message.Contains("ToInt64"));
    }

    [Test]
    public void A_getter_of_another_type_names_the_type()
    {
        var text = SnmpValue.OctetString("x");

        Assert.That(() => text.ToInt64(), Throws.InvalidOperationException.With.Message.EqualTo("The value is not an integer: its type is OctetString."));
        Assert.That(() => text.ToUInt64(), Throws.InvalidOperationException.With.Message.Contains("OctetString"));
        Assert.That(() => text.ToDouble(), Throws.InvalidOperationException.With.Message.Contains("OctetString"));
        Assert.That(() => text.ToTimeSpan(), Throws.InvalidOperationException.With.Message.Contains("not a time"));
        Assert.That(() => text.ToOid(), Throws.InvalidOperationException.With.Message.Contains("not an OID"));
        Assert.That(() => text.ToIPAddress(), Throws.InvalidOperationException.With.Message.Contains("not an address"));
        Assert.That(() => SnmpValue.Integer32(1).ToText(), Throws.InvalidOperationException.With.Message.Contains("not a text"));
        Assert.That(() => SnmpValue.Integer32(1).Bytes.Length, Throws.InvalidOperationException.With.Message.Contains("not octets"));
        Assert.That(() => SnmpValue.Opaque([1]).ToDouble(), Throws.InvalidOperationException.With.Message.Contains("no floating-point number"));
        Assert.That(() => SnmpValue.Null.ToText(), Throws.InvalidOperationException.With.Message.Contains("Null"));
    }

    [TestCase(SnmpType.NoSuchObject, "noSuchObject")]
    [TestCase(SnmpType.NoSuchInstance, "noSuchInstance")]
    [TestCase(SnmpType.EndOfMibView, "endOfMibView")]
    public void An_exception_is_told_by_the_getters(SnmpType type, string name)
    {
        Assert.That(SnmpValue.TryDecode(type, [], out var value), Is.EqualTo(SnmpParseError.None));
        Assert.That(value.IsException, Is.True);
        Assert.That(value.ToString(), Is.EqualTo(name));
        Assert.That(() => value.ToInt64(), Throws.InvalidOperationException.With.Message.Contains(name).And.Message.Contains("IsException"));
    }

    [Test]
    public void Octets_of_the_caller_are_copied()
    {
        byte[] octets = [1, 2, 3];
        var text = SnmpValue.OctetString(octets);
        var opaque = SnmpValue.Opaque(octets);
        octets[0] = 9;

        Assert.That(text.Bytes.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(opaque.Bytes.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void Equality_is_by_type_and_content()
    {
        Assert.That(SnmpValue.OctetString("ab"), Is.EqualTo(SnmpValue.OctetString("ab"u8)));
        Assert.That(SnmpValue.OctetString("ab").GetHashCode(), Is.EqualTo(SnmpValue.OctetString("ab"u8).GetHashCode()));
        Assert.That(SnmpValue.OctetString("ab") == SnmpValue.OctetString("ac"), Is.False);
        Assert.That(SnmpValue.OctetString("ab") != SnmpValue.Opaque("ab"u8), Is.True);
        Assert.That(SnmpValue.Counter32(5), Is.Not.EqualTo(SnmpValue.Gauge32(5)));
        Assert.That(SnmpValue.OctetString(""), Is.Not.EqualTo(SnmpValue.Null));
        Assert.That(SnmpValue.NoSuchObject, Is.Not.EqualTo(SnmpValue.NoSuchInstance));
        Assert.That(SnmpValue.Integer32(5).Equals((object)SnmpValue.Integer32(5)), Is.True);
        Assert.That(SnmpValue.Integer32(5).Equals((object)5), Is.False);
    }

    [Test]
    public void Oids_and_addresses_come_back()
    {
        var longOid = Oid.Parse("1.3." + string.Join('.', Enumerable.Repeat("70000", 20)));

        Assert.That(SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1")).ToOid(), Is.EqualTo(Oid.Parse("1.3.6.1")));
        Assert.That(SnmpValue.ObjectIdentifier(longOid).ToOid(), Is.EqualTo(longOid));
        Assert.That(SnmpValue.ObjectIdentifier(default).ToOid(), Is.EqualTo(Oid.Parse("0.0")));
        Assert.That(SnmpValue.IpAddress(IPAddress.Parse("192.0.2.1")).ToIPAddress(), Is.EqualTo(IPAddress.Parse("192.0.2.1")));
        Assert.That(SnmpValue.IpAddress(IPAddress.Parse("::ffff:192.0.2.1")).ToIPAddress(), Is.EqualTo(IPAddress.Parse("192.0.2.1")));
        Assert.That(() => SnmpValue.IpAddress(IPAddress.IPv6Loopback), Throws.ArgumentException.With.Message.Contains("::1"));
        Assert.That(() => SnmpValue.IpAddress(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void An_address_of_a_wrong_length_keeps_its_octets()
    {
        Assert.That(SnmpValue.TryDecode(SnmpType.IpAddress, [1, 2, 3], out var value), Is.EqualTo(SnmpParseError.None));
        Assert.That(value.Bytes.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(value.ToString(), Is.EqualTo("01 02 03"));
        Assert.That(() => value.ToIPAddress(), Throws.InvalidOperationException.With.Message.Contains("3 octets"));
    }
}
