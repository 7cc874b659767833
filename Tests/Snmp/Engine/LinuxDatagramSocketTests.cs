using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Tests.Engine;

/// <summary>What only the Linux implementation can do.</summary>
[Platform("Linux")]
public sealed class LinuxDatagramSocketTests
{
    private static IDatagramSocket Open(IPAddress address, bool reportsLocalAddress = false, bool reportsErrors = false, bool loopbackOnly = false) =>
        DatagramTransport.Open(new DatagramSocketOptions
        {
            LocalEndPoint = new IPEndPoint(address, 0),
            ReportsLocalAddress = reportsLocalAddress,
            ReportsErrors = reportsErrors,
            LoopbackOnly = loopbackOnly,
        });

    [Test]
    public void A_datagram_longer_than_its_room_is_marked_as_cut()
    {
        using var sender = Open(IPAddress.Loopback);
        using var receiver = Open(IPAddress.Loopback);
        using var poller = DatagramTransport.CreatePoller();
        poller.Add(receiver);
        using var outgoing = new SendBatch();
        using var incoming = new ReceiveBatch(capacity: 2, datagramSize: 16);
        outgoing.Add(new byte[17], DatagramEndPoint.From(receiver.LocalEndPoint));
        sender.Send(outgoing);

        while (receiver.Receive(incoming) == 0)
        {
            poller.Wait(5_000);
        }

        Assert.That(incoming.IsTruncated(0), Is.True);
        Assert.That(incoming.Datagram(0).Length, Is.EqualTo(16));
    }

    [TestCase("127.0.0.77")]
    [TestCase("127.1.2.3")]
    public void A_wildcard_socket_replies_from_the_address_that_was_asked(string asked)
    {
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
        {
            agentPoller.Wait(5_000);
        }

        Assert.That(incoming.Local(0).Address, Is.EqualTo(IPAddress.Parse(asked)));

        incoming.Datagram(0).CopyTo(outgoing.Free);
        outgoing.Commit(3, incoming.Peer(0), incoming.Local(0));
        agent.Send(outgoing);
        while (manager.Receive(incoming) == 0)
        {
            managerPoller.Wait(5_000);
        }

        Assert.That(incoming.Peer(0), Is.EqualTo(destination));
    }

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public void A_refused_datagram_is_told_and_holds_back_no_other(string address)
    {
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
        Assert.That(Datagrams.ReceiveAll(alivePoller, alive, incoming, 8, received), Is.EqualTo(8));

        Span<byte> original = stackalloc byte[64];
        DatagramError error;
        while (!manager.TryReceiveError(original, out error))
        {
            poller.Wait(5_000);
        }

        Assert.That(error.Kind, Is.EqualTo(DatagramErrorKind.PortUnreachable));
        Assert.That(error.Destination, Is.EqualTo(DatagramEndPoint.From(loopback, deadPort)));
        Assert.That(error.Length, Is.EqualTo(2));
        Assert.That(original[1], Is.EqualTo(5));
        Assert.That(manager.Receive(incoming), Is.Zero);
    }
}
