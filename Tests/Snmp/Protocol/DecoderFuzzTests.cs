using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Hostility;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>
/// Mutated messages: whatever the octets, the decoder returns, throws nothing, and reads nothing beside them. The seeds are fixed, so that
/// a failure comes back.
/// </summary>
public sealed class DecoderFuzzTests
{
    private const int Surroundings = 16;

    private static readonly int InputsPerSeed = Thoroughness.Choose(quick: 50_000, thorough: 1_000_000);
    private static readonly byte[][] Corpus = MessageCorpus.Build();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(9)]
    [TestCase(10)]
    public void Mutated_messages_are_decoded_or_refused(int seed)
    {
        var mutator = new OctetMutator(seed);
        var buffer = new byte[MessageCorpus.LargestMessage * 2];
        var errors = new int[Enum.GetValues<SnmpParseError>().Length];
        var memory = new MemoryGauge();

        for (var round = 0; round < InputsPerSeed; round++)
        {
            var length = mutator.Mutate(Corpus[round % Corpus.Length], buffer);
            try
            {
                Decode(buffer.AsSpan(0, length), out var error);
                errors[(int)error]++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}, round {round}: {Convert.ToHexString(buffer, 0, length)} {exception}");
            }
        }

        Assert.That(errors, Is.All.Positive, "each error, and success, must have occurred");
        memory.AssertFlat();
    }

    [TestCase(11)]
    [TestCase(12)]
    public void What_stands_beside_a_message_does_not_matter(int seed)
    {
        var mutator = new OctetMutator(seed);
        var mutated = new byte[MessageCorpus.LargestMessage * 2];
        var surrounded = new byte[mutated.Length + (2 * Surroundings)];

        for (var round = 0; round < InputsPerSeed / 2; round++)
        {
            var length = mutator.Mutate(Corpus[round % Corpus.Length], mutated);
            var first = Surround(mutated.AsSpan(0, length), surrounded, 0x00, out var firstError);
            var second = Surround(mutated.AsSpan(0, length), surrounded, 0xFF, out var secondError);

            if (first != second || firstError != secondError)
            {
                Assert.Fail($"Seed {seed}, round {round}: {Convert.ToHexString(mutated, 0, length)} was read differently.");
            }
        }
    }

    [Test]
    public void The_messages_that_are_mutated_are_good()
    {
        foreach (var message in Corpus)
        {
            Decode(message, out var error);
            Assert.That(error, Is.EqualTo(SnmpParseError.None));
        }
    }

    private static int Surround(ReadOnlySpan<byte> message, byte[] buffer, byte beside, out SnmpParseError error)
    {
        buffer.AsSpan().Fill(beside);
        message.CopyTo(buffer.AsSpan(Surroundings));
        return Decode(buffer.AsSpan(Surroundings, message.Length), out error);
    }

    // Reads all there is to read, as users of the decoder do, and returns a digest of what was read.
    private static int Decode(ReadOnlySpan<byte> datagram, out SnmpParseError error)
    {
        error = SnmpMessageReader.TryRead(datagram, out var header);
        var digest = HashCode.Combine(header.Version, header.PduType, header.RequestId, header.Trap, header.Community.Length);
        if (error != SnmpParseError.None)
        {
            return digest;
        }

        var reader = new VarBindReader(header.VarBinds);
        while (reader.TryRead(out var slice))
        {
            var valueError = slice.TryToVarBind(out var varBind);
            if (valueError != SnmpParseError.None)
            {
                error = valueError;
            }
            else
            {
                digest = HashCode.Combine(digest, varBind, varBind.ToString(), varBind.Oid.CompareTo(Oid.Parse("1.3.6.1")));
            }
        }

        if (reader.Error != SnmpParseError.None)
        {
            error = reader.Error;
        }

        return digest;
    }
}
