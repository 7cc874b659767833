using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Tests.Notifications;

/// <summary>Stands between a sender of informs and their receiver, over IPv4 loopback, and loses one answer.</summary>
internal sealed class DroppingRelay : IAsyncDisposable
{
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _back = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private IPEndPoint? _sender;

    /// <param name="receiver">Where informs go.</param>
    /// <param name="lost">Which answer is lost; the first is 1.</param>
    public DroppingRelay(IPEndPoint receiver, int lost) => _running = Task.WhenAll(PassOnAsync(receiver), PassBackAsync(lost));

    public IPEndPoint EndPoint => (IPEndPoint)_front.Client.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(30));
        _front.Dispose();
        _back.Dispose();
        _stop.Dispose();
    }

    private async Task PassOnAsync(IPEndPoint receiver)
    {
        while (true)
        {
            var datagram = await _front.ReceiveAsync(_stop.Token);
            _sender = datagram.RemoteEndPoint;
            await _back.SendAsync(datagram.Buffer, receiver, _stop.Token);
        }
    }

    private async Task PassBackAsync(int lost)
    {
        for (var number = 1; ; number++)
        {
            var datagram = await _back.ReceiveAsync(_stop.Token);
            if (number != lost)
            {
                await _front.SendAsync(datagram.Buffer, _sender!, _stop.Token);
            }
        }
    }
}
