using System.Text;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

/// <summary>SHA-224 and its HMAC, which the platform lacks, against published vectors.</summary>
public sealed class Sha224Tests
{
    // FIPS 180-4's examples, by NIST.
    [TestCase("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [TestCase("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [TestCase("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    public void The_examples_of_the_standard_are_reproduced(string message, string expected) =>
        Assert.That(Hashes.Of(new Sha224(), Encoding.ASCII.GetBytes(message), Sha224.HashLength), Is.EqualTo(expected));

    [TestCase(1)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(4096)]
    public void A_million_letters_in_pieces_of_any_length_have_the_hash_of_the_standard(int piece)
    {
        var message = Enumerable.Repeat((byte)'a', 1_000_000).ToArray();

        Assert.That(
            Hashes.Of(new Sha224(), message, Sha224.HashLength, piece), Is.EqualTo("20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67"));
    }

    // The hash of the hashes of the messages of 0 to 299 octets, by another implementation.
    [Test]
    public void Messages_of_every_length_up_to_some_blocks_are_padded_rightly()
    {
        var all = new Sha224();
        var one = new Sha224();
        Span<byte> hash = stackalloc byte[Sha224.HashLength];
        for (var length = 0; length < 300; length++)
        {
            one.Append([.. Enumerable.Range(0, length).Select(index => (byte)((index * 7) + length))]);
            one.Finish(hash);
            all.Append(hash);
        }

        Assert.That(Hashes.Of(all, [], Sha224.HashLength), Is.EqualTo("d88e0c78201368a96088c911f15d0f9e9d274ff23ac82fc481f92e00"));
    }

    // RFC 4231 sections 4.2 to 4.5, 4.7 and 4.8.
    [TestCase("0b*20", "Hi There", "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22")]
    [TestCase("4a656665", "what do ya want for nothing?", "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44")]
    [TestCase("aa*131", "Test Using Larger Than Block-Size Key - Hash Key First", "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e")]
    [TestCase(
        "aa*131",
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
        "3a854166ac5d9f023f54d517d0b39dbd946770db9c2b95c9f6f565d1")]
    public void The_keyed_hash_of_the_standard_is_reproduced_again_and_again(string key, string message, string expected)
    {
        var hash = new HmacSha224(Repeated(key));
        var octets = Encoding.ASCII.GetBytes(message);

        Assert.That(Hashes.Of(hash, octets, Sha224.HashLength), Is.EqualTo(expected));
        Assert.That(Hashes.Of(hash, octets, Sha224.HashLength, piece: 3), Is.EqualTo(expected));
    }

    [TestCase("aa*20", "dd*50", "7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea")]
    [TestCase("0102030405060708090a0b0c0d0e0f10111213141516171819", "cd*50", "6c11506874013cac6a2abc1bb382627cec6a90d86efc012de7afec5a")]
    public void Octets_that_are_no_text_have_the_keyed_hash_of_the_standard(string key, string message, string expected) =>
        Assert.That(Hashes.Of(new HmacSha224(Repeated(key)), Repeated(message), Sha224.HashLength), Is.EqualTo(expected));

    private static byte[] Repeated(string octets) => octets.Split('*') is [var octet, var count]
        ? [.. Enumerable.Repeat(Convert.FromHexString(octet)[0], int.Parse(count, null))]
        : Convert.FromHexString(octets);
}
