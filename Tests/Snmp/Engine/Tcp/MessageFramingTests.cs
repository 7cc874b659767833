using Connections.Snmp.Tests.Hostility;
using Connections.Snmp.Tests.Protocol;
using Connections.Snmp.Transport.Streams;

namespace Connections.Snmp.Tests.Engine.Tcp;

public sealed class MessageFramingTests
{
    [TestCase("", "Incomplete")]
    [TestCase("30", "Incomplete")]
    [TestCase("3000", "Known", 2)]
    [TestCase("307F", "Known", 129)]
    [TestCase("3081", "Incomplete")]
    [TestCase("308180", "Known", 131)]
    [TestCase("3082FF", "Incomplete")]
    [TestCase("3082FFDF", "Known", 65_507)]
    [TestCase("3082FFE0", "Invalid")]
    [TestCase("308400000005", "Known", 11)]
    [TestCase("3084FFFFFFFF", "Invalid")]
    [TestCase("3080", "Invalid")]
    [TestCase("3085", "Invalid")]
    [TestCase("04", "Invalid")]
    public void The_header_tells_the_length_within_bounds(string octets, string outcome, int length = 0)
    {
        var found = MessageFraming.TryGetLength(Convert.FromHexString(octets), out var whole);

        Assert.That(found.ToString(), Is.EqualTo(outcome));
        if (outcome == "Known")
        {
            Assert.That(whole, Is.EqualTo(length));
        }
    }

    [Test]
    public void Messages_come_out_as_they_went_in_wherever_the_stream_is_cut()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var messages = Enumerable.Range(0, 20).Select(_ => Message(random)).ToArray();
            var stream = messages.SelectMany(static message => message).ToArray();
            var buffer = new ReceiveBuffer(16);
            var received = new List<byte[]>();
            for (var start = 0; start < stream.Length;)
            {
                var count = Math.Min(Math.Min(random.Next(1, 600), buffer.Free.Length), stream.Length - start);
                stream.AsMemory(start, count).CopyTo(buffer.Free);
                buffer.Commit(count);
                start += count;
                while (buffer.TryPeek(out var message))
                {
                    received.Add(message.ToArray());
                    buffer.Consume(message.Length);
                }
            }

            Assert.That(received, Is.EqualTo(messages));
            Assert.That((buffer.HasBegun, buffer.IsInvalid), Is.EqualTo((false, false)));
        }
    }

    [Test]
    public void A_stream_of_anything_never_needs_more_than_one_message_of_room()
    {
        var random = new Random(2);
        for (var round = 0; round < 20_000; round++)
        {
            var buffer = new ReceiveBuffer(16);
            for (var octets = 0; octets < 400 && !buffer.IsInvalid; octets++)
            {
                Assert.That(buffer.Free.Length, Is.InRange(1, MessageFraming.LargestMessage));
                buffer.Free.Span[0] = octets == 0 ? (byte)0x30 : (byte)random.Next(256);
                buffer.Commit(1);
                while (buffer.TryPeek(out var message))
                {
                    buffer.Consume(message.Length);
                }
            }
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Mutated_streams_fall_into_the_same_messages_wherever_they_are_cut(int seed)
    {
        byte[][] corpus = [.. MessageCorpus.Build(), .. MessageCorpus.BuildSecured()];
        var random = new Random(seed);
        var mutator = new OctetMutator(seed);
        var mutated = new byte[MessageCorpus.LargestMessage * 2];
        var whole = 0;
        var memory = new MemoryGauge();
        for (var messages = 0; messages < Thoroughness.HostileInputs / 2;)
        {
            var stream = new List<byte>();
            for (var count = random.Next(1, 8); count > 0; count--, messages++)
            {
                stream.AddRange(mutated.AsSpan(0, mutator.Mutate(corpus[messages % corpus.Length], mutated)));
            }

            var octets = stream.ToArray();
            var lengths = Lengths(octets, octets.Length);
            if (!Lengths(octets, random.Next(1, 300)).SequenceEqual(lengths))
            {
                Assert.Fail($"Seed {seed}, before message {messages}: {Convert.ToHexString(octets)} was read differently.");
            }

            whole += lengths.Count;
        }

        Assert.That(whole, Is.InRange(Thoroughness.HostileInputs / 50, Thoroughness.HostileInputs * 2));
        memory.AssertFlat();
    }

    /// <summary>The lengths of the messages that come out of a stream which arrives in pieces, with -1 for the end where no further one can be found.</summary>
    private static List<int> Lengths(byte[] stream, int piece)
    {
        var buffer = new ReceiveBuffer(16);
        var lengths = new List<int>();
        for (var start = 0; start < stream.Length && !buffer.IsInvalid;)
        {
            var count = Math.Min(Math.Min(piece, buffer.Free.Length), stream.Length - start);
            stream.AsMemory(start, count).CopyTo(buffer.Free);
            buffer.Commit(count);
            start += count;
            while (buffer.TryPeek(out var message))
            {
                lengths.Add(message.Length);
                buffer.Consume(message.Length);
            }
        }

        return buffer.IsInvalid ? [.. lengths, -1] : lengths;
    }

    private static byte[] Message(Random random)
    {
        var content = new byte[random.Next(4) == 0 ? random.Next(3_000) : random.Next(120)];
        random.NextBytes(content);
        byte[] header = content.Length < 128 ? [0x30, (byte)content.Length] : [0x30, 0x82, (byte)(content.Length >> 8), (byte)content.Length];
        return [.. header, .. content];
    }
}
