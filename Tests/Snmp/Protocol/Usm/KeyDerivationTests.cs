using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

public sealed class KeyDerivationTests
{
    private static readonly SnmpEngineId Engine = SnmpEngineId.Parse("000000000000000000000002");

    // RFC 3414 sections A.3.1 and A.3.2; the others by another implementation.
    [TestCase(AuthenticationProtocol.Md5, "526f5eed9fcce26f8964c2930787d82b")]
    [TestCase(AuthenticationProtocol.Sha1, "6695febc9288e36282235fc7151f128497b38f3f")]
    [TestCase(AuthenticationProtocol.Sha224, "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674")]
    [TestCase(AuthenticationProtocol.Sha256, "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b")]
    [TestCase(AuthenticationProtocol.Sha384, "3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78")]
    [TestCase(
        AuthenticationProtocol.Sha512,
        "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b")]
    public void A_password_becomes_the_key_of_the_standard(AuthenticationProtocol protocol, string expected) =>
        Assert.That(Convert.ToHexStringLower(LocalizedKeys.ForAuthentication(Pairs.User(protocol, PrivacyProtocol.None), Engine)), Is.EqualTo(expected));

    // RFC 3414 sections A.3.1 and A.3.2.
    [TestCase(AuthenticationProtocol.Md5, "9faf3283884e92834ebc9847d8edd963")]
    [TestCase(AuthenticationProtocol.Sha1, "9fb5cc0381497b3793528939ff788d5d79145211")]
    public void A_password_becomes_the_master_key_of_the_standard(AuthenticationProtocol protocol, string expected)
    {
        var master = new byte[AuthenticationAlgorithm.Of(protocol).HashLength];

        KeyDerivation.ExpandPassword(protocol, "maplesyrup"u8, master);

        Assert.That(Convert.ToHexStringLower(master), Is.EqualTo(expected));
    }

    // RFC 3414 section A.5: the key of the new password, and the delta with a random part of zeros.
    [TestCase(AuthenticationProtocol.Md5, "87021d7bd9d101ba05ea6e3bf9d9bd4a", "8805615141676cc9196174e742a32551")]
    [TestCase(AuthenticationProtocol.Sha1, "78e2dcce79d59403b58c1bbaa5bff46391f1cd25", "9c1017f4fd483d2de8d5fadbf84392cb06457051")]
    public void A_change_of_password_has_the_delta_of_the_standard(AuthenticationProtocol protocol, string expectedKey, string expectedDelta)
    {
        var user = Pairs.User(protocol, PrivacyProtocol.None);
        var before = LocalizedKeys.ForAuthentication(user, Engine);
        var after = LocalizedKeys.ForAuthentication(user with { AuthenticationKey = UsmKey.Password("newsyrup") }, Engine);
        var mask = Convert.FromHexString(
            Hashes.Of(AuthenticationAlgorithm.Of(protocol).CreateHash(), [.. before, .. new byte[before.Length]], before.Length));

        Assert.That(Convert.ToHexStringLower(after), Is.EqualTo(expectedKey));
        Assert.That(Convert.ToHexStringLower([.. mask.Zip(after, (left, right) => (byte)(left ^ right))]), Is.EqualTo(expectedDelta));
    }

    // By another implementation of the two drafts.
    [TestCase(AuthenticationProtocol.Md5, PrivacyProtocol.Aes256, "526f5eed9fcce26f8964c2930787d82bfa24a92467426c2f4b09192be10dfaec")]
    [TestCase(AuthenticationProtocol.Md5, PrivacyProtocol.Aes256C, "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12")]
    [TestCase(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes256, "6695febc9288e36282235fc7151f128497b38f3f505e07eb9af25568fa1f5dbe")]
    [TestCase(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes256C, "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c")]
    [TestCase(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes256, "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b")]
    [TestCase(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes256C, "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b")]
    [TestCase(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "6695febc9288e36282235fc7151f1284")]
    public void A_key_that_is_too_short_is_stretched_as_the_drafts_say(AuthenticationProtocol authentication, PrivacyProtocol privacy, string expected)
    {
        var user = Pairs.User(authentication, privacy) with { PrivacyKey = UsmKey.Password("maplesyrup") };

        Assert.That(Convert.ToHexStringLower(LocalizedKeys.ForPrivacy(user, Engine)), Is.EqualTo(expected));
        Assert.That(Convert.ToHexStringLower(LocalizedKeys.ForPrivacy(user, Engine)), Is.EqualTo(expected), "from the cache");
    }

    [Test]
    public void Keys_may_be_given_as_password_as_master_key_or_localized()
    {
        var user = Pairs.User(AuthenticationProtocol.Md5, PrivacyProtocol.None);
        var master = user with { AuthenticationKey = UsmKey.Master(new Secret("0x9FAF3283884e92834ebc9847d8edd963")) };
        var localized = user with { AuthenticationKey = UsmKey.Localized(new Secret("52:6f:5e:ed:9f:cc:e2:6f:89:64:c2:93:07:87:d8:2b")) };
        var expected = LocalizedKeys.ForAuthentication(user, Engine);

        Assert.That(LocalizedKeys.ForAuthentication(master, Engine), Is.EqualTo(expected));
        Assert.That(LocalizedKeys.ForAuthentication(localized, Engine), Is.EqualTo(expected));
    }

    [Test]
    public void The_cache_keeps_what_was_used_last()
    {
        var cache = new KeyCache<int>(2);
        var key = new byte[1];
        cache.Keep(1, [10]);
        cache.Keep(2, [20]);
        Assert.That(cache.TryCopy(1, key), Is.True);

        cache.Keep(3, [30]);

        Assert.That(cache.Count, Is.EqualTo(2));
        Assert.That(cache.TryCopy(2, key), Is.False);
        Assert.That(cache.TryCopy(1, key), Is.True);
        Assert.That(key, Is.EqualTo(new byte[] { 10 }));
        Assert.That(cache.TryCopy(3, new byte[2]), Is.False);
        cache.Keep(3, [31]);
        Assert.That(cache.TryCopy(3, key), Is.True);
        Assert.That(key, Is.EqualTo(new byte[] { 31 }));
    }
}
