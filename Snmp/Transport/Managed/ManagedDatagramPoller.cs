using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Transport.Managed;

/// <summary>Waits with <see cref="Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, int)"/> on the sockets and on a loopback socket, which a wake sends a datagram to.</summary>
internal sealed class ManagedDatagramPoller : IDatagramPoller
{
    private readonly Socket _wake = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly List<Socket> _sockets;
    private readonly List<Socket> _ready = [];
    private int _isWoken;

    internal ManagedDatagramPoller()
    {
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wake.Connect(_wake.LocalEndPoint!);
        _sockets = [_wake];
    }

    public void Add(IDatagramSocket socket) => _sockets.Add(((ManagedDatagramSocket)socket).Socket);

    public void Wait(TimeSpan timeout)
    {
        _ready.Clear();
        _ready.AddRange(_sockets);
        Socket.Select(_ready, null, null, timeout < TimeSpan.Zero ? -1 : (int)Math.Min(timeout.TotalMicroseconds, int.MaxValue));
        if (!_ready.Contains(_wake))
        {
            return;
        }

        Span<byte> octet = stackalloc byte[1];
        _wake.Receive(octet);
        Volatile.Write(ref _isWoken, 0);
    }

    public void Wake()
    {
        // One datagram wakes as well as many; further ones would only fill the buffer.
        if (Interlocked.Exchange(ref _isWoken, 1) != 0)
        {
            return;
        }

        try
        {
            _wake.Send([0]);
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more, which is what the contract promises.
        }
    }

    public void Dispose() => _wake.Dispose();
}
