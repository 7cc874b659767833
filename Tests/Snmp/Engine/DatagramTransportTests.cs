using System.Net;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Tests.Engine;

[TestFixture(false)]
[TestFixture(true)]
public sealed class DatagramTransportTests(bool portable)
{
    private IDatagramSocket Open(IPAddress address) =>
        DatagramTransport.Open(new DatagramSocketOptions
        {
            LocalEndPoint = new IPEndPoint(address, 0),
            Portable = portable,
        });

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public void A_batch_arrives_whole_and_tells_who_sent_it(string address)
    {
        using var sender = Open(IPAddress.Parse(address));
        using var receiver = Open(IPAddress.Parse(address));
        using var poller = DatagramTransport.CreatePoller(portable);
        poller.Add(receiver);
        using var outgoing = new SendBatch();
        using var incoming = new ReceiveBatch();
        var to = DatagramEndPoint.From(receiver.LocalEndPoint);
        for (var i = 0; i < SendBatch.DefaultCapacity; i++)
        {
            outgoing.Add(new byte[] { (byte)i, 7, 9 }, to);
        }

        Assert.That(sender.Send(outgoing), Is.EqualTo(SendBatch.DefaultCapacity));
        Assert.That(outgoing.Count, Is.Zero);

        var received = new List<byte[]>();
        Assert.That(Datagrams.ReceiveAll(poller, receiver, incoming, SendBatch.DefaultCapacity, received), Is.EqualTo(SendBatch.DefaultCapacity));
        Assert.That(received.Select(datagram => (int)datagram[0]), Is.EqualTo(Enumerable.Range(0, SendBatch.DefaultCapacity)));
    }

    [Test]
    public void The_sender_of_a_datagram_is_reported()
    {
        using var sender = Open(IPAddress.Loopback);
        using var receiver = Open(IPAddress.Loopback);
        using var poller = DatagramTransport.CreatePoller(portable);
        poller.Add(receiver);
        using var outgoing = new SendBatch();
        using var incoming = new ReceiveBatch();
        outgoing.Add([1], DatagramEndPoint.From(receiver.LocalEndPoint));
        sender.Send(outgoing);

        while (receiver.Receive(incoming) == 0)
        {
            poller.Wait(5_000);
        }

        Assert.That(incoming.Peer(0), Is.EqualTo(DatagramEndPoint.From(sender.LocalEndPoint)));
        Assert.That(incoming.Peer(0).ToIPEndPoint(), Is.EqualTo(sender.LocalEndPoint));
    }

    [Test]
    public async Task A_wake_ends_a_wait_without_end()
    {
        using var poller = DatagramTransport.CreatePoller(portable);
        var waiter = Task.Factory.StartNew(() => poller.Wait(-1), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        poller.Wake();
        await waiter.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(waiter.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task A_wake_before_the_wait_is_not_lost_and_many_count_once()
    {
        using var poller = DatagramTransport.CreatePoller(portable);
        poller.Wake();
        poller.Wake();
        await Task.Run(() => poller.Wait(-1)).WaitAsync(TimeSpan.FromSeconds(30));

        var second = Task.Factory.StartNew(() => poller.Wait(-1), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        poller.Wake();
        await second.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(second.IsCompletedSuccessfully, Is.True);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(300)]
    public async Task A_wait_of_less_than_a_millisecond_ends_by_itself(int microseconds)
    {
        using var poller = DatagramTransport.CreatePoller(portable);
        var wait = Task.Run(() => poller.Wait(TimeSpan.FromMicroseconds(microseconds)));
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(wait.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void A_wake_after_disposal_has_no_effect()
    {
        var poller = DatagramTransport.CreatePoller(portable);
        poller.Dispose();
        Assert.That(poller.Wake, Throws.Nothing);
    }

    [Test]
    public void The_effective_receive_buffer_is_reported()
    {
        using var socket = Open(IPAddress.Loopback);
        Assert.That(socket.ReceiveBufferSize, Is.GreaterThanOrEqualTo(100_000));
    }
}
