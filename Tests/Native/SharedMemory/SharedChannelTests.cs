using System.Runtime.Versioning;
using Connections.Native.SharedMemory;

namespace Connections.Native.Tests.SharedMemory;

/// <summary>Messages, and the ends of channels, as their users see them.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class SharedChannelTests
{
    private static readonly SharedChannelOptions Small = new() { Capacity = 4096 };

    // Around every place where a message is cut: the end of the ring, a half of it, a quarter.
    private static readonly int[] Lengths = [0, 1, 7, 8, 9, 63, 64, 1015, 1016, 1017, 2039, 2040, 2041, 3000, 4087, 4088, 4096, 4097, 65_535, 65_536, 65_537, 1_000_000];

    [Test]
    public async Task Messages_of_any_length_arrive_whole_and_in_order()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        var sending = Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++)
            {
                foreach (var length in Lengths)
                {
                    await pair.Client.SendAsync(Message(length, round));
                }
            }
        });

        for (var round = 0; round < 20; round++)
        {
            foreach (var length in Lengths)
            {
                var message = await ReceiveAsync(pair.Server);
                Assert.That(message!.Value.Span.SequenceEqual(Message(length, round)), Is.True, $"length {length}, round {round}");
            }
        }

        await sending.WaitAsync(Eventually.Limit);
    }

    [Test]
    public async Task A_message_of_many_megabytes_goes_through_a_ring_of_4_KiB()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        var large = Message(20 << 20, 1);
        var sending = pair.Server.SendAsync(large).AsTask();

        Assert.That((await ReceiveAsync(pair.Client))!.Value.Span.SequenceEqual(large), Is.True);
        await sending.WaitAsync(Eventually.Limit);
    }

    [Test]
    public async Task Header_and_body_arrive_as_one_message([Values(0, 1, 100, 2036, 5000)] int headerLength, [Values(0, 3, 2036, 5000)] int bodyLength)
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        var whole = Message(headerLength + bodyLength, 5);
        var sending = pair.Client.SendAsync(whole.AsMemory(0, headerLength), whole.AsMemory(headerLength)).AsTask();

        Assert.That((await ReceiveAsync(pair.Server))!.Value.ToArray(), Is.EqualTo(whole));
        await sending.WaitAsync(Eventually.Limit);
    }

    [Test]
    public async Task Both_directions_work_at_once()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        var echo = Task.Run(async () =>
        {
            while (await pair.Server.ReceiveAsync() is { } message)
            {
                await pair.Server.SendAsync(message);
            }
        });
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await pair.Client.SendAsync(Message(i, i));
            }
        });
        for (var i = 0; i < 1000; i++)
        {
            Assert.That((await ReceiveAsync(pair.Client))!.Value.Span.SequenceEqual(Message(i, i)), Is.True);
        }

        await sending.WaitAsync(Eventually.Limit);
        await pair.Client.DisposeAsync();
        await echo.WaitAsync(Eventually.Limit);
    }

    [Test]
    public async Task Closed_by_the_peer_it_gives_what_was_sent_and_then_the_end()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        await pair.Client.SendAsync(new byte[] { 1 });
        await pair.Client.DisposeAsync();

        Assert.That((await ReceiveAsync(pair.Server))!.Value.ToArray(), Is.EqualTo(new byte[] { 1 }));
        Assert.That(await ReceiveAsync(pair.Server), Is.Null);
        Assert.That(pair.Server.TryReceive(out var end), Is.True);
        Assert.That(end, Is.Null);
    }

    [Test]
    public async Task Who_waits_is_told_when_the_peer_closes()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        var receiving = pair.Server.ReceiveAsync().AsTask();
        await pair.Client.DisposeAsync();

        Assert.That(await receiving.WaitAsync(Eventually.Limit), Is.Null);
    }

    [Test]
    public async Task Who_sends_to_a_peer_that_has_closed_is_told()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        var sending = SendUntilItFailsAsync(pair.Server);
        await pair.Client.DisposeAsync();

        Assert.That(async () => await sending.WaitAsync(Eventually.Limit), Throws.TypeOf<ConnectionLostException>().With.Message.Contains("closed"));
    }

    [Test]
    public async Task Disposed_it_ends_the_waits_of_its_own_side()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        var receiving = pair.Server.ReceiveAsync().AsTask();
        var sending = SendUntilItFailsAsync(pair.Server);
        await pair.Server.DisposeAsync();

        Assert.That(async () => await receiving.WaitAsync(Eventually.Limit), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await sending.WaitAsync(Eventually.Limit), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await pair.Server.SendAsync(new byte[1]), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_cancelled_receive_loses_no_message()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        using var cancellation = new CancellationTokenSource();
        var receiving = pair.Server.ReceiveAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        Assert.That(async () => await receiving.WaitAsync(Eventually.Limit), Throws.InstanceOf<OperationCanceledException>());

        await pair.Client.SendAsync(new byte[] { 7 });
        Assert.That((await ReceiveAsync(pair.Server))!.Value.ToArray(), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public async Task A_second_receiver_or_sender_at_a_time_is_refused()
    {
        await using var pair = await ChannelPair.OpenAsync(Small);
        var receiving = pair.Server.ReceiveAsync().AsTask();
        Assert.That(() => pair.Server.TryReceive(out _), Throws.InvalidOperationException);
        Assert.That(async () => await pair.Server.ReceiveAsync(), Throws.InvalidOperationException);

        var sending = pair.Server.SendAsync(new byte[100_000]).AsTask();
        Assert.That(async () => await pair.Server.SendAsync(new byte[1]), Throws.InvalidOperationException);
        await ReceiveAsync(pair.Client);
        await sending.WaitAsync(Eventually.Limit);
        await pair.Client.DisposeAsync();
        await receiving.WaitAsync(Eventually.Limit);
    }

    [Test]
    public async Task A_message_above_the_maximum_is_refused_and_harms_nothing()
    {
        await using var pair = await ChannelPair.OpenAsync(Small with { MaximumMessageLength = 10 });
        Assert.That(async () => await pair.Client.SendAsync(new byte[11]), Throws.ArgumentException);
        await pair.Client.SendAsync(new byte[10]);
        Assert.That((await ReceiveAsync(pair.Server))!.Value.Length, Is.EqualTo(10));
    }

    [Test]
    public async Task Each_side_knows_the_process_of_the_other()
    {
        await using var pair = await ChannelPair.OpenAsync();
        Assert.That((pair.Client.PeerProcessId, pair.Server.PeerProcessId), Is.EqualTo((Environment.ProcessId, Environment.ProcessId)));
    }

    private static async Task SendUntilItFailsAsync(SharedChannel channel)
    {
        while (true)
        {
            await channel.SendAsync(new byte[1000]);
        }
    }

    private static Task<ReadOnlyMemory<byte>?> ReceiveAsync(SharedChannel channel) => channel.ReceiveAsync().AsTask().WaitAsync(Eventually.Limit);

    private static byte[] Message(int length, int seed)
    {
        var bytes = new byte[length];
        new Random((seed * 31) + length).NextBytes(bytes);
        return bytes;
    }
}
