using System.Net;
using System.Net.Sockets;

namespace Connections.Tests.Relays;

/// <summary>A relay for UDP. While it is cut, datagrams vanish in both directions, and nobody is told.</summary>
internal sealed class DatagramRelay : IRelay
{
    private readonly IPEndPoint _server;
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Dictionary<IPEndPoint, UdpClient> _backs = [];
    private readonly List<Task> _answering = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _asking;
    private volatile bool _isCut;

    /// <summary>Starts to relay to a server.</summary>
    public DatagramRelay(IPEndPoint server)
    {
        _server = server;
        _asking = PassRequestsAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_front.Client.LocalEndPoint!;

    public void Cut() => _isCut = true;

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var back in _backs.Values)
        {
            back.Dispose();
        }

        _front.Dispose();
        _stop.Dispose();
    }

    private async Task PassRequestsAsync()
    {
        while (true)
        {
            var request = await _front.ReceiveAsync(_stop.Token);
            if (!_isCut)
            {
                await BackOf(request.RemoteEndPoint).SendAsync(request.Buffer, _stop.Token);
            }
        }
    }

    private async Task PassAnswersAsync(UdpClient back, IPEndPoint caller)
    {
        while (true)
        {
            var answer = await back.ReceiveAsync(_stop.Token);
            if (!_isCut)
            {
                await _front.SendAsync(answer.Buffer, caller, _stop.Token);
            }
        }
    }

    // Each caller has a socket of its own towards the server, by which the relay knows whose an answer is.
    private UdpClient BackOf(IPEndPoint caller)
    {
        if (!_backs.TryGetValue(caller, out var back))
        {
            back = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            back.Connect(_server);
            _backs.Add(caller, back);
            _answering.Add(PassAnswersAsync(back, caller));
        }

        return back;
    }
}
