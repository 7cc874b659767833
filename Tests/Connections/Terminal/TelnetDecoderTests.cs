using System.Buffers;
using System.Text;
using Connections.Terminal;
using FsCheck;
using FsCheck.Fluent;

namespace Connections.Tests.Terminal;

public sealed class TelnetDecoderTests
{
    private static readonly byte[] Session =
    [
        .. "login"u8, 255, 253, 24, 255, 251, 1, 255, 254, 3, 255, 252, 5, .. " a"u8, 255, 255, .. "b\r\0\n"u8, 255, 241,
        255, 250, 24, 1, 255, 255, 240, 7, 255, 240, .. "> "u8,
    ];

    private static readonly byte[] Printed = [.. "login a"u8, 255, .. "b\r\n> "u8];

    [Test]
    public void Every_option_is_refused_and_only_the_text_remains()
    {
        var (data, replies) = Decode(Session);

        Assert.That(data, Is.EqualTo(Printed));
        Assert.That(replies, Is.EqualTo(new byte[] { 255, 252, 24, 255, 254, 1 }));
    }

    [Test]
    public void Commands_may_be_cut_anywhere()
    {
        for (var cut = 0; cut <= Session.Length; cut++)
        {
            var (data, replies) = Decode(Session[..cut], Session[cut..]);

            Assert.That(data, Is.EqualTo(Printed), $"cut at {cut}");
            Assert.That(replies, Is.EqualTo(new byte[] { 255, 252, 24, 255, 254, 1 }), $"cut at {cut}");
        }
    }

    [Test]
    public void Text_without_commands_passes_as_it_is() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var sent = Encoding.UTF8.GetBytes(text.Get.Replace("\0", ""));
            var (data, replies) = Decode(sent);
            return data.AsSpan().SequenceEqual(sent) && replies.Length == 0;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_peer_never_makes_it_answer_more_than_was_asked() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), received =>
        {
            var noise = received.Select(static value => (byte)(value | 240)).ToArray();
            var (data, replies) = Decode(noise);
            return data.Length <= noise.Length && replies.Length <= noise.Length;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Damaged_sessions_decode_alike_however_they_are_cut()
    {
        const int Seed = 854;
        var random = new Random(Seed);
        for (var round = 0; round < 100_000; round++)
        {
            var damaged = Damage(random);
            var cut = random.Next(damaged.Length + 1);

            var (data, replies) = Decode(damaged);
            var (cutData, cutReplies) = Decode(damaged[..cut], damaged[cut..]);

            if (data.Length > damaged.Length || replies.Length > damaged.Length
                || !data.AsSpan().SequenceEqual(cutData) || !replies.AsSpan().SequenceEqual(cutReplies))
            {
                Assert.Fail($"Seed {Seed}, round {round}, cut at {cut}: {Convert.ToHexString(damaged)}");
            }
        }
    }

    // Bytes changed, doubled and lost, mostly to those that mean something.
    private static byte[] Damage(Random random)
    {
        var session = Session.ToList();
        for (var blows = random.Next(1, 8); blows > 0; blows--)
        {
            var at = random.Next(session.Count);
            switch (random.Next(3))
            {
                case 0:
                    session[at] = (byte)(random.Next(4) == 0 ? random.Next(256) : random.Next(240, 256));
                    break;
                case 1:
                    session.Insert(at, session[random.Next(session.Count)]);
                    break;
                default:
                    session.RemoveAt(at);
                    break;
            }
        }

        return [.. session];
    }

    private static (byte[] Data, byte[] Replies) Decode(params byte[][] chunks)
    {
        var decoder = new TelnetDecoder();
        var data = new ArrayBufferWriter<byte>();
        var replies = new ArrayBufferWriter<byte>();
        foreach (var chunk in chunks)
        {
            decoder.Decode(chunk, data, replies);
        }

        return (data.WrittenSpan.ToArray(), replies.WrittenSpan.ToArray());
    }
}
