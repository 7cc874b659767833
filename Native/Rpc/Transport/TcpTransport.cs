using System.Net;
using System.Net.Sockets;

namespace Connections.Native.Rpc.Transport;

/// <summary>Channels over TCP: in the clear on this machine itself, with TLS and two certificates beyond it.</summary>
internal static class TcpTransport
{
    private const int Backlog = 512;

    // Of Linux: SOL_SOCKET and SO_REUSEPORT.
    private const int SocketLevel = 1;
    private const int ReusePort = 15;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="RpcSecurityException">Other machines could connect, and there are no certificates.</exception>
    /// <exception cref="Pooling.ConnectFailedException">The port cannot be had.</exception>
    public static async ValueTask<IMessageListener> ListenAsync(RpcAddress address, RpcServerOptions options, CancellationToken cancellationToken)
    {
        var found = (await ResolveAsync(address, cancellationToken).ConfigureAwait(false))[0];
        Demand(address, found, options.Tls, "serve");
        var socket = NewSocket(found);
        try
        {
            if (options.SharesPort)
            {
                socket.SetRawSocketOption(SocketLevel, ReusePort, BitConverter.GetBytes(1));
            }

            socket.Bind(new IPEndPoint(found, address.Port));
            socket.Listen(Backlog);
            var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            return new TcpMessageListener(socket, RpcAddress.OfTcp(address.Host!, port), options.Tls, options.MaxMessageSize);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new Pooling.ConnectFailedException($"{address} cannot be served: {error.Message}.", error);
        }
    }

    /// <summary>Connects to a server.</summary>
    /// <exception cref="RpcSecurityException">The server is on another machine, and there are no certificates, or they are not accepted.</exception>
    /// <exception cref="NoServerException">Nobody listens there.</exception>
    public static async ValueTask<IMessageChannel> ConnectAsync(RpcAddress address, RpcTls? tls, int maxMessageSize, CancellationToken cancellationToken)
    {
        var found = await ResolveAsync(address, cancellationToken).ConfigureAwait(false);
        Array.ForEach(found, one => Demand(address, one, tls, "call"));
        for (var i = 0; ; i++)
        {
            var socket = NewSocket(found[i]);
            var channel = new StreamChannel(
                socket,
                address.ToString(),
                (stream, token) => tls is null ? new ValueTask<Stream>(stream) : TlsHandshake.ConnectAsync(stream, tls, address.Host!, token),
                maxMessageSize);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(found[i], address.Port), cancellationToken).ConfigureAwait(false);
                await channel.PrepareAsync(cancellationToken).ConfigureAwait(false);
                return channel;
            }
            catch (Exception error)
            {
                await channel.DisposeAsync().ConfigureAwait(false);
                if (error is not SocketException)
                {
                    throw;
                }

                if (i == found.Length - 1)
                {
                    throw new NoServerException($"No server answers at {address}: {error.Message}.", error);
                }
            }
        }
    }

    internal static Socket NewSocket(IPAddress address) => new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static async ValueTask<IPAddress[]> ResolveAsync(RpcAddress address, CancellationToken cancellationToken)
    {
        // An address needs no resolver, which refuses those that mean every interface.
        if (IPAddress.TryParse(address.Host, out var literal))
        {
            return [literal];
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(address.Host!, cancellationToken).ConfigureAwait(false);
            return found.Length > 0 ? found : throw new NoServerException($"The host of {address} has no address.");
        }
        catch (SocketException error)
        {
            throw new NoServerException($"The host of {address} is not known: {error.Message}.", error);
        }
    }

    private static void Demand(RpcAddress address, IPAddress found, RpcTls? tls, string verb)
    {
        if (tls is null && !IPAddress.IsLoopback(found))
        {
            throw new RpcSecurityException(
                $"It would not be safe to {verb} {address} ({found}), which is not this machine alone, without certificates on both sides: set Tls in the options.");
        }
    }
}
