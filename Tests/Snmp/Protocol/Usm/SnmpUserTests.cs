using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

public sealed class SnmpUserTests
{
    private static readonly SnmpUser Good = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128);

    [Test]
    public void The_level_is_what_the_protocols_give()
    {
        Assert.That(new SnmpUser("a").Level, Is.EqualTo(SecurityLevel.NoAuthNoPriv));
        Assert.That(Pairs.User(AuthenticationProtocol.Md5, PrivacyProtocol.None).Level, Is.EqualTo(SecurityLevel.AuthNoPriv));
        Assert.That(Good.Level, Is.EqualTo(SecurityLevel.AuthPriv));
        Assert.That(Pairs.Users.Count(), Is.EqualTo(1 + (6 * 7)));
        Assert.That(() => Pairs.Users.ToList().ForEach(user => user.Validate()), Throws.Nothing);
    }

    [Test]
    public void A_password_has_at_least_eight_characters()
    {
        Assert.That(() => UsmKey.Password("1234567"), Throws.ArgumentException.With.Message.Contains("8 characters").And.Message.Not.Contains("1234567"));
        Assert.That(() => UsmKey.Password("12345678"), Throws.Nothing);
        Assert.That(() => UsmKey.Password((string)null!), Throws.ArgumentNullException);
    }

    [TestCase("")]
    [TestCase("12345")]
    [TestCase("0xzz")]
    public void A_key_is_written_in_hexadecimal_digits(string text) =>
        Assert.That(() => UsmKey.Localized(new Secret(text)), Throws.ArgumentException.With.Message.Contains("hexadecimal"));

    [Test]
    public void Protocols_and_secrets_must_fit_each_other()
    {
        AssertRefused(Good with { Authentication = AuthenticationProtocol.None, AuthenticationKey = null }, "needs authentication");
        AssertRefused(Good with { AuthenticationKey = null }, "AuthenticationKey is missing");
        AssertRefused(Good with { PrivacyKey = null }, "PrivacyKey is missing");
        AssertRefused(Good with { Privacy = PrivacyProtocol.None }, "PrivacyKey is given");
        AssertRefused(Good with { Privacy = (PrivacyProtocol)99 }, "no privacy protocol");
        AssertRefused(Good with { Authentication = (AuthenticationProtocol)99 }, "no authentication protocol");
        AssertRefused(Good with { ContextName = new string('c', 256) }, "255 octets");
        AssertRefused(Good with { AuthenticationKey = UsmKey.Localized(new Secret("00112233")) }, "must have 20 octets");
        AssertRefused(Good with { PrivacyKey = UsmKey.Master(new Secret("00112233")) }, "must have 20 octets");
        AssertRefused(Good with { PrivacyKey = UsmKey.Localized(new Secret("00112233")) }, "at least 16 octets");
    }

    [Test]
    public void A_name_has_one_to_32_octets()
    {
        Assert.That(() => new SnmpUser(""), Throws.ArgumentException);
        Assert.That(() => new SnmpUser(new string('é', 17)), Throws.ArgumentException.With.Message.Contains("32"));
        Assert.That(new SnmpUser(new string('é', 16)).Name, Has.Length.EqualTo(16));
    }

    [Test]
    public void No_text_form_shows_a_secret()
    {
        var texts = $"{Good} {Good.AuthenticationKey} {Good.PrivacyKey}";

        Assert.That(texts, Does.Contain("pippin (authPriv, Sha1, Aes128)").And.Contain("****"));
        Assert.That(texts, Does.Not.Contain(Pairs.AuthenticationPassword).And.Not.Contain(Pairs.PrivacyPassword));
    }

    [Test]
    public void Users_and_engine_ids_are_compared_by_value()
    {
        Assert.That(Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128), Is.EqualTo(Good));
        Assert.That(Good with { PrivacyKey = UsmKey.Password("something else") }, Is.Not.EqualTo(Good));
        Assert.That(UsmKey.Password("00112233"), Is.Not.EqualTo(UsmKey.Master(new Secret("00112233"))));
        Assert.That(SnmpEngineId.Parse("0x80:00:1f-88 04"), Is.EqualTo(new SnmpEngineId([0x80, 0, 0x1F, 0x88, 4])));
        Assert.That(SnmpEngineId.Parse("80001f8804").ToString(), Is.EqualTo("80001F8804"));
        Assert.That(default(SnmpEngineId).ToString(), Is.EqualTo("(unknown)"));
    }

    [Test]
    public void An_engine_id_of_ones_own_has_the_format_of_octets()
    {
        Assert.That(SnmpEngineId.Create(8072, [1, 2, 3]).ToString(), Is.EqualTo("80001F8805010203"));
        Assert.That(() => SnmpEngineId.Create(8072, new byte[28]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => SnmpEngineId.Create(0x80000000, [1]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => SnmpEngineId.Parse("no"), Throws.InstanceOf<FormatException>());
        Assert.That(SnmpEngineId.TryParse(new string('0', 130), out _), Is.False);
    }

    private static void AssertRefused(SnmpUser user, string problem) =>
        Assert.That(user.Validate, Throws.ArgumentException.With.Message.Contains(problem));
}
