using System.Runtime.Versioning;
using Connections.Native.SharedMemory;
using Connections.Native.SharedMemory.Sockets;

namespace Connections.Native.Tests.SharedMemory;

/// <summary>Names of channels: who has them, who meets under them, and what stays.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class SharedChannelListenerTests
{
    [Test]
    public async Task A_name_that_a_living_listener_has_is_refused_and_free_after_it()
    {
        var name = ChannelPair.NewName();
        await using (SharedChannelListener.Listen(name))
        {
            Assert.That(() => SharedChannelListener.Listen(name), Throws.TypeOf<ChannelNameTakenException>().With.Message.Contains(name));
        }

        Assert.That(File.Exists(ChannelPair.PathOf(name)), Is.False);
        await using var next = SharedChannelListener.Listen(name);
        Assert.That(File.Exists(ChannelPair.PathOf(name)), Is.True);
    }

    [Test]
    public void A_name_that_nobody_has_is_told()
    {
        Assert.That(
            async () => await SharedChannel.ConnectAsync(ChannelPair.NewName()), Throws.TypeOf<NoSuchChannelException>().With.Property("IsTransient").True);
    }

    [Test]
    public async Task The_name_of_a_dead_listener_is_told_to_be_dead_and_swept_by_any_next_one()
    {
        var name = ChannelPair.NewName();
        SegmentDirectory.Prepare(null);
        UnixSocket.Listen(ChannelPair.PathOf(name)).Dispose();
        Assert.That(async () => await SharedChannel.ConnectAsync(name), Throws.TypeOf<NoSuchChannelException>().With.Message.Contains("ended"));

        await using var other = SharedChannelListener.Listen(ChannelPair.NewName());
        Assert.That(File.Exists(ChannelPair.PathOf(name)), Is.False);
    }

    [Test]
    public async Task Being_probed_by_other_listeners_is_not_a_connection()
    {
        await using var listener = SharedChannelListener.Listen(ChannelPair.NewName());
        await using var other = SharedChannelListener.Listen(ChannelPair.NewName());
        using var cancellation = new CancellationTokenSource();
        var accepting = listener.AcceptAsync(cancellation.Token).AsTask();
        await using var client = await SharedChannel.ConnectAsync(listener.Name).AsTask().WaitAsync(Eventually.Limit);
        await using var server = await accepting.WaitAsync(Eventually.Limit);
        await client.SendAsync(new byte[] { 3 });

        Assert.That((await server.ReceiveAsync().AsTask().WaitAsync(Eventually.Limit))!.Value.ToArray(), Is.EqualTo(new byte[] { 3 }));
    }

    [Test]
    public async Task Who_waits_to_be_accepted_is_told_when_the_listener_goes()
    {
        var listener = SharedChannelListener.Listen(ChannelPair.NewName());
        var connecting = SharedChannel.ConnectAsync(listener.Name).AsTask();
        await listener.DisposeAsync();

        Assert.That(async () => await connecting.WaitAsync(Eventually.Limit), Throws.TypeOf<NoSuchChannelException>());
    }

    [Test]
    public async Task Who_waits_to_be_accepted_can_give_up_and_so_can_who_accepts()
    {
        await using var listener = SharedChannelListener.Listen(ChannelPair.NewName());
        using var cancellation = new CancellationTokenSource();
        var connecting = SharedChannel.ConnectAsync(listener.Name, null, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        Assert.That(async () => await connecting.WaitAsync(Eventually.Limit), Throws.InstanceOf<OperationCanceledException>());

        using var patience = new CancellationTokenSource();
        var accepting = listener.AcceptAsync(patience.Token).AsTask();
        await using var client = await SharedChannel.ConnectAsync(listener.Name).AsTask().WaitAsync(Eventually.Limit);
        await using var server = await accepting.WaitAsync(Eventually.Limit);
        await client.SendAsync(new byte[1]);
        Assert.That(await server.ReceiveAsync().AsTask().WaitAsync(Eventually.Limit), Is.Not.Null, "the one that gave up was passed over");

        accepting = listener.AcceptAsync(patience.Token).AsTask();
        await patience.CancelAsync();
        Assert.That(async () => await accepting.WaitAsync(Eventually.Limit), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Disposed_it_ends_the_wait_for_connections()
    {
        var listener = SharedChannelListener.Listen(ChannelPair.NewName());
        var accepting = listener.AcceptAsync().AsTask();
        await listener.DisposeAsync();

        Assert.That(async () => await accepting.WaitAsync(Eventually.Limit), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Names_that_no_socket_can_have_are_refused([Values(0, 100)] int length)
    {
        var name = new string('a', length);
        Assert.That(() => SharedChannelListener.Listen(name), Throws.InstanceOf<ArgumentException>());
        Assert.That(async () => await SharedChannel.ConnectAsync(name), Throws.InstanceOf<ArgumentException>());
    }
}
