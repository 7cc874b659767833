using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Hostility;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>
/// The innermost decoder, under mutated messages of every version: what it reads, and why it reads no more, is what X.690 sections 8.1.2 and 8.1.3 say, worked out here a
/// second time and plainly.
/// </summary>
public sealed class BerFuzzTests
{
    private const int Seeds = 4;
    private const int DeepestNesting = 12;
    private const byte Constructed = 0x20;

    private static readonly byte[][] Corpus = [.. MessageCorpus.Build(), .. MessageCorpus.BuildSecured()];

    [Test]
    public void Mutated_values_are_read_as_far_as_they_are_good([Range(1, Seeds)] int seed)
    {
        var mutator = new OctetMutator(seed);
        var buffer = new byte[Corpus.Max(static message => message.Length) * 2];
        var read = 0L;
        var memory = new MemoryGauge();

        for (var round = 0; round < Thoroughness.HostileInputs / Seeds; round++)
        {
            var length = mutator.Mutate(Corpus[round % Corpus.Length], buffer);
            try
            {
                read += ReadAll(buffer.AsSpan(0, length), DeepestNesting);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}, round {round}: {Convert.ToHexString(buffer, 0, length)} {exception}");
            }
        }

        Assert.That(read, Is.GreaterThan(Thoroughness.HostileInputs), "mutations must leave something to read");
        memory.AssertFlat();
    }

    private static int ReadAll(ReadOnlySpan<byte> octets, int depth)
    {
        var reader = new BerReader(octets);
        var count = 0;
        while (true)
        {
            var rest = octets[^reader.Remaining..];
            var expected = Expect(rest, out var header, out var length);
            if (!reader.TryRead(out var tag, out var content))
            {
                AssertSame((reader.Error, reader.Remaining), (expected, rest.Length));
                return count;
            }

            AssertSame((expected, tag, reader.Remaining), (SnmpParseError.None, rest[0], rest.Length - header - length));
            AssertSame(content == rest.Slice(header, length), true);
            count++;
            if ((tag & Constructed) != 0 && depth > 0)
            {
                count += ReadAll(content, depth - 1);
            }
            else
            {
                ReadPrimitives(tag, content);
            }
        }
    }

    // Whatever the tag says, the content is tried as each thing that it may be.
    private static void ReadPrimitives(byte tag, ReadOnlySpan<byte> content)
    {
        if (BerInteger.TryReadInt32(content, out var number))
        {
            AssertSame(BerInteger.TryReadInt64(content, out var same) && same == number, true);
        }

        if (BerInteger.TryReadUInt32(content, out var unsigned))
        {
            AssertSame(BerInteger.TryReadUInt64(content, out var same) && (uint)same == unsigned, true);
        }

        if (Oid.TryFromEncoded(content, out var oid))
        {
            Span<byte> encoded = stackalloc byte[Oid.MaxEncodedLength];
            AssertSame(Oid.TryFromEncoded(encoded[..oid.CopyEncodedTo(encoded)], out var again) && again == oid, true);
        }

        if (SnmpValue.TryDecode((SnmpType)tag, content, out var value) == SnmpParseError.None)
        {
            AssertSame(value.Type, (SnmpType)tag);
        }
    }

    private static SnmpParseError Expect(ReadOnlySpan<byte> octets, out int header, out int length)
    {
        (header, length) = (2, 0);
        if (octets.Length < 2)
        {
            return SnmpParseError.Truncated;
        }

        if ((octets[0] & 0x1F) == 0x1F)
        {
            return SnmpParseError.UnexpectedTag;
        }

        var announced = (Int128)octets[1];
        if (octets[1] >= 0x80)
        {
            var count = octets[1] - 0x80;
            header += count;
            if (count is 0 or > 8)
            {
                return count == 0 ? SnmpParseError.IndefiniteLength : SnmpParseError.LengthTooLarge;
            }

            if (octets.Length < header)
            {
                return SnmpParseError.Truncated;
            }

            announced = 0;
            foreach (var octet in octets[2..header])
            {
                announced = (announced * 256) + octet;
            }
        }

        length = (int)Int128.Min(announced, int.MaxValue);
        return announced > int.MaxValue ? SnmpParseError.LengthTooLarge : length > octets.Length - header ? SnmpParseError.Truncated : SnmpParseError.None;
    }

    // As often as this is asked, a constraint would take most of the time.
    private static void AssertSame<T>(T actual, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
        {
            Assert.Fail($"{actual}, not {expected}");
        }
    }
}
