using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Tests.Engine;

[TestFixture(false)]
[TestFixture(true)]
public sealed class DatagramTransportTests(bool portable)
{
    private IDatagramSocket Open(IPAddress address, bool reportsLocalAddress = false, bool reportsErrors = false, bool loopbackOnly = false) =>
        DatagramTransport.Open(new DatagramSocketOptions
        {
            LocalEndPoint = new IPEndPoint(address, 0),
            ReportsLocalAddress = reportsLocalAddress,
            ReportsErrors = reportsErrors,
            LoopbackOnly = loopbackOnly,
            Portable = portable,
        });

    private static int ReceiveWithin(IDatagramPoller poller, IDatagramSocket socket, ReceiveBatch batch, int wanted, List<byte[]> received)
    {
        for (var round = 0; received.Count < wanted && round < 1_000; round++)
        {
            while (socket.Receive(batch) > 0)
            {
                for (var i = 0; i < batch.Count; i++)
                    received.Add(batch.Datagram(i).ToArray());
            }

            if (received.Count < wanted)
                poller.Wait(5_000);
        }

        return received.Count;
    }

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
            outgoing.Add(new byte[] { (byte)i, 7, 9 }, to);

        Assert.That(sender.Send(outgoing), Is.EqualTo(SendBatch.DefaultCapacity));
        Assert.That(outgoing.Count, Is.Zero);

        var received = new List<byte[]>();
        Assert.That(ReceiveWithin(poller, receiver, incoming, SendBatch.DefaultCapacity, received), Is.EqualTo(SendBatch.DefaultCapacity));
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
            poller.Wait(5_000);

        Assert.That(incoming.Peer(0), Is.EqualTo(DatagramEndPoint.From(sender.LocalEndPoint)));
        Assert.That(incoming.Peer(0).ToIPEndPoint(), Is.EqualTo(sender.LocalEndPoint));
    }

    [Test]
    public void A_datagram_longer_than_its_room_is_marked_as_cut()
    {
        if (portable)
            Assert.Pass("The portable implementation receives whole datagrams only.");
        using var sender = Open(IPAddress.Loopback);
        using var receiver = Open(IPAddress.Loopback);
        using var poller = DatagramTransport.CreatePoller(portable);
        poller.Add(receiver);
        using var outgoing = new SendBatch();
        using var incoming = new ReceiveBatch(capacity: 2, datagramSize: 16);
        outgoing.Add(new byte[17], DatagramEndPoint.From(receiver.LocalEndPoint));
        sender.Send(outgoing);

        while (receiver.Receive(incoming) == 0)
            poller.Wait(5_000);

        Assert.That(incoming.IsTruncated(0), Is.True);
        Assert.That(incoming.Datagram(0).Length, Is.EqualTo(16));
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

    [TestCase("127.0.0.77")]
    [TestCase("127.1.2.3")]
    [Platform("Linux")]
    public void A_wildcard_socket_replies_from_the_address_that_was_asked(string asked)
    {
        if (portable)
            Assert.Pass("Only the Linux implementation chooses the source address.");
        using var agent = Open(IPAddress.Any, reportsLocalAddress: true, loopbackOnly: true);
        using var manager = Open(IPAddress.Loopback);
        using var agentPoller = DatagramTransport.CreatePoller();
        agentPoller.Add(agent);
        using var managerPoller = DatagramTransport.CreatePoller();
        managerPoller.Add(manager);
        using var outgoing = new SendBatch();
        using var incoming = new ReceiveBatch();
        var destination = DatagramEndPoint.From(IPAddress.Parse(asked), agent.LocalEndPoint.Port);
        outgoing.Add([1, 2, 3], destination);
        manager.Send(outgoing);
        while (agent.Receive(incoming) == 0)
            agentPoller.Wait(5_000);
        Assert.That(incoming.Local(0).Address, Is.EqualTo(IPAddress.Parse(asked)));

        incoming.Datagram(0).CopyTo(outgoing.Free);
        outgoing.Commit(3, incoming.Peer(0), incoming.Local(0));
        agent.Send(outgoing);
        while (manager.Receive(incoming) == 0)
            managerPoller.Wait(5_000);

        Assert.That(incoming.Peer(0), Is.EqualTo(destination));
    }

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [Platform("Linux")]
    public void A_refused_datagram_is_told_and_holds_back_no_other(string address)
    {
        if (portable)
            Assert.Pass("Only the Linux implementation reads the error queue.");
        var loopback = IPAddress.Parse(address);
        int deadPort;
        using (var dead = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp))
        {
            dead.Bind(new IPEndPoint(loopback, 0));
            deadPort = ((IPEndPoint)dead.LocalEndPoint!).Port;
        }

        using var manager = Open(loopback, reportsErrors: true);
        using var alive = Open(loopback);
        using var poller = DatagramTransport.CreatePoller();
        poller.Add(manager);
        using var alivePoller = DatagramTransport.CreatePoller();
        alivePoller.Add(alive);
        using var outgoing = new SendBatch();
        using var incoming = new ReceiveBatch();
        for (byte i = 0; i < 8; i++)
        {
            outgoing.Add([i, 5], DatagramEndPoint.From(loopback, deadPort));
            outgoing.Add([i, 6], DatagramEndPoint.From(alive.LocalEndPoint));
        }

        Assert.That(manager.Send(outgoing), Is.EqualTo(16));
        var received = new List<byte[]>();
        Assert.That(ReceiveWithin(alivePoller, alive, incoming, 8, received), Is.EqualTo(8));

        Span<byte> original = stackalloc byte[64];
        DatagramError error;
        while (!manager.TryReceiveError(original, out error))
            poller.Wait(5_000);
        Assert.That(error.Kind, Is.EqualTo(DatagramErrorKind.PortUnreachable));
        Assert.That(error.Destination, Is.EqualTo(DatagramEndPoint.From(loopback, deadPort)));
        Assert.That(error.Length, Is.EqualTo(2));
        Assert.That(original[1], Is.EqualTo(5));
        Assert.That(manager.Receive(incoming), Is.Zero);
    }
}
