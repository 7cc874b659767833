using System.Globalization;
using Connections.Native.SharedMemory;

namespace Connections.Native.Rpc.Transport;

/// <summary>Accepts channels through shared memory, at a name that only this server has.</summary>
internal sealed class SharedMessageListener(RpcAddress address, ulong instance, int maxMessageSize) : IMessageListener
{
    private readonly SharedChannelListener _listener = SharedChannelListener.Listen(NameOf(instance), OptionsFor(maxMessageSize));

    public RpcAddress Address => address;

    /// <summary>The name of the channel of a server.</summary>
    public static string NameOf(ulong instance) => string.Create(CultureInfo.InvariantCulture, $"rpc-{instance:x16}");

    /// <summary>Connects to such a server.</summary>
    /// <exception cref="NoSuchChannelException">It is gone.</exception>
    /// <exception cref="SharedMemoryException">The system refuses.</exception>
    public static async ValueTask<IMessageChannel> ConnectAsync(
        RpcAddress address, ulong instance, int maxMessageSize, CancellationToken cancellationToken)
    {
        var channel = await SharedChannel.ConnectAsync(NameOf(instance), OptionsFor(maxMessageSize), cancellationToken).ConfigureAwait(false);
        return new SharedMessageChannel(channel, string.Create(CultureInfo.InvariantCulture, $"the server of {address} in process {channel.PeerProcessId}"));
    }

    public async ValueTask<IMessageChannel> AcceptAsync(CancellationToken cancellationToken)
    {
        var channel = await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        return new SharedMessageChannel(channel, string.Create(CultureInfo.InvariantCulture, $"process {channel.PeerProcessId}"));
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private static SharedChannelOptions OptionsFor(int maxMessageSize) => new() { MaximumMessageLength = maxMessageSize };
}
