using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>A listener on the wildcard address, on systems that tell which address was asked.</summary>
internal sealed class ListenerAddressTests : ListenerFixture
{
    [Test]
    public async Task An_acknowledgement_leaves_from_the_address_that_was_asked()
    {
        using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var listener = Listen(new SnmpNotificationListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Any, 0)], LoopbackOnly = true });
        var asked = new IPEndPoint(IPAddress.Parse("127.0.0.7"), EndPoint.Port);

        await client.SendAsync(NotificationMessages.V2c(PduType.Inform), asked).AsTask().WaitAsync(Bound);

        Assert.That((await client.ReceiveAsync().WaitAsync(Bound)).RemoteEndPoint, Is.EqualTo(asked));
        Assert.That((await NextAsync()).LocalEndPoint, Is.EqualTo(asked));
        Assert.That(listener.EndPoints, Has.Count.EqualTo(1));
    }
}
