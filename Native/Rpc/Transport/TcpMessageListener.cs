using System.Net.Sockets;

namespace Connections.Native.Rpc.Transport;

/// <summary>Accepts channels over TCP.</summary>
internal sealed class TcpMessageListener(Socket socket, RpcAddress address, RpcTls? tls, int maxMessageSize) : IMessageListener
{
    public RpcAddress Address => address;

    public async ValueTask<IMessageChannel> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
                accepted.NoDelay = true;
                return NewChannel(accepted);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // A client that went before it was let in is no reason to stop listening.
                continue;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private StreamChannel NewChannel(Socket accepted)
    {
        var client = accepted.RemoteEndPoint?.ToString() ?? "a client";
        return new StreamChannel(
            accepted,
            client,
            (stream, token) => tls is null ? new ValueTask<Stream>(stream) : TlsHandshake.AcceptAsync(stream, tls, client, token),
            maxMessageSize);
    }
}
