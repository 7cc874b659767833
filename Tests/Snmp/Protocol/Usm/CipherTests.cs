using System.Security.Cryptography;
using System.Text;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

public sealed class CipherTests
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const int Boots = 3;
    private const int Time = 4000;

    private static readonly byte[] Text = Encoding.ASCII.GetBytes("The quick brown fox jumps over the lazy dog, and again.");
    private static readonly byte[] Salt = [1, 2, 3, 4, 5, 6, 7, 8];

    // Made with `openssl enc -aes-N-cfb -iv 0000000300000fa00102030405060708`.
    [TestCase(PrivacyProtocol.Aes128, 1, "5d")]
    [TestCase(PrivacyProtocol.Aes128, 15, "5d94acc2d714fc930a9f1a57345a30")]
    [TestCase(PrivacyProtocol.Aes128, 16, "5d94acc2d714fc930a9f1a57345a30c8")]
    [TestCase(PrivacyProtocol.Aes128, 17, "5d94acc2d714fc930a9f1a57345a30c858")]
    [TestCase(PrivacyProtocol.Aes128, 33, "5d94acc2d714fc930a9f1a57345a30c85877b523d60963c0f93a3e6cca0aea15f6")]
    [TestCase(PrivacyProtocol.Aes192, 33, "9886df8dfbfb3b438cba9e968effd166b7c96574e22e910e18efdb8af11cf77929")]
    [TestCase(PrivacyProtocol.Aes192C, 33, "9886df8dfbfb3b438cba9e968effd166b7c96574e22e910e18efdb8af11cf77929")]
    [TestCase(PrivacyProtocol.Aes256, 33, "955d800876fdf4a5e4ec9a72798c10505400cc453780a57b6de779510bfc00872c")]
    [TestCase(PrivacyProtocol.Aes256C, 33, "955d800876fdf4a5e4ec9a72798c10505400cc453780a57b6de779510bfc00872c")]
    public void Aes_encrypts_as_another_implementation_does_also_parts_of_blocks(PrivacyProtocol protocol, int length, string expected)
    {
        using var cipher = Create(protocol);

        // Again and again: what went through the cipher before must not matter.
        for (var round = 0; round < 3; round++)
        {
            var octets = Text[..length];
            cipher.Encrypt(octets, Boots, Time, Salt);
            Assert.That(Convert.ToHexStringLower(octets), Is.EqualTo(expected));
            var other = Text.ToArray();
            cipher.Encrypt(other.AsSpan(0, 48 - round), round, 7, Salt.Reverse().ToArray());
        }
    }

    // Made with `openssl enc -des-cbc -nopad -iv 1020304050607080`.
    [Test]
    public void Des_encrypts_as_another_implementation_does()
    {
        using var cipher = PrivacyAlgorithm.CreateCipher(PrivacyProtocol.Des, Convert.FromHexString("0123456789abcdef1122334455667788"));
        for (var round = 0; round < 3; round++)
        {
            var octets = Text[..24];
            cipher.Encrypt(octets, Boots, Time, Salt);
            Assert.That(Convert.ToHexStringLower(octets), Is.EqualTo("6cddfedb8cc9e821b84b2ff7bc5a2339e3963176e52f08ef"));
        }
    }

    [TestCase(PrivacyProtocol.Des)]
    [TestCase(PrivacyProtocol.Aes128)]
    [TestCase(PrivacyProtocol.Aes192)]
    [TestCase(PrivacyProtocol.Aes256)]
    public void What_was_encrypted_is_decrypted_whatever_its_length_and_order(PrivacyProtocol protocol)
    {
        using var sender = Create(protocol);
        using var receiver = Create(protocol);
        var random = new Random(5);
        foreach (var length in Enumerable.Range(0, 70).Concat([2040, 2047, 2048, 2049, 2064, 4096, 4097, 65_000]))
        {
            var octets = new byte[protocol == PrivacyProtocol.Des ? length & -8 : length];
            random.NextBytes(octets);
            var encrypted = octets.ToArray();
            var plain = new byte[octets.Length];
            sender.Encrypt(encrypted, length, Time, Salt);

            Assert.That(receiver.TryDecrypt(encrypted, plain, length, Time, Salt), Is.True);
            Assert.That(plain, Is.EqualTo(octets));
            Assert.That(length > 8 && encrypted.AsSpan().SequenceEqual(octets), Is.False);
        }
    }

    [TestCase(33)]
    [TestCase(2048)]
    [TestCase(5000)]
    public void Aes_is_cfb_with_a_feedback_of_one_block(int length)
    {
        using var cipher = Create(PrivacyProtocol.Aes256);
        using var aes = Aes.Create();
        aes.Key = Convert.FromHexString(Key);
        var octets = new byte[length];
        new Random(length).NextBytes(octets);
        var expected = octets.ToArray();
        byte[] feedback = [0, 0, 0, Boots, 0, 0, Time >> 8, Time & 0xFF, .. Salt];
        for (var at = 0; at < length; at += feedback.Length)
        {
            var keystream = aes.EncryptEcb(feedback, PaddingMode.None);
            for (var index = 0; index < keystream.Length && at + index < length; index++)
            {
                feedback[index] = expected[at + index] ^= keystream[index];
            }
        }

        cipher.Encrypt(octets, Boots, Time, Salt);

        Assert.That(octets, Is.EqualTo(expected));
    }

    [Test]
    public void Lengths_that_the_protocol_does_not_have_are_refused()
    {
        using var des = Create(PrivacyProtocol.Des);
        using var aes = Create(PrivacyProtocol.Aes128);

        Assert.That(des.TryDecrypt(new byte[9], new byte[9], 0, 0, Salt), Is.False);
        Assert.That(des.TryDecrypt(new byte[8], new byte[8], 0, 0, Salt.AsSpan(0, 7)), Is.False);
        Assert.That(aes.TryDecrypt(new byte[8], new byte[8], 0, 0, []), Is.False);
        Assert.That(aes.TryDecrypt(new byte[8], new byte[8], 0, 0, new byte[9]), Is.False);
    }

    [Test]
    public void No_two_salts_are_equal_also_from_several_threads()
    {
        var salts = new long[4][];
        Parallel.For(0, salts.Length, worker => salts[worker] = [.. Enumerable.Range(0, 10_000).Select(_ => NextSalt())]);

        Assert.That(salts.SelectMany(each => each).Distinct().Count(), Is.EqualTo(40_000));
    }

    private static long NextSalt()
    {
        Span<byte> salt = stackalloc byte[8];
        PrivacySalt.Next(salt);
        return BitConverter.ToInt64(salt);
    }

    private static IPrivacyCipher Create(PrivacyProtocol protocol) =>
        PrivacyAlgorithm.CreateCipher(protocol, Convert.FromHexString(Key).AsSpan(0, PrivacyAlgorithm.KeyLength(protocol)));
}
