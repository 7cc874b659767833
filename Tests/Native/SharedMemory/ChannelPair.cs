using System.Runtime.Versioning;
using Connections.Native.SharedMemory;

namespace Connections.Native.Tests.SharedMemory;

/// <summary>A listener under a name of its own, and both ends of one channel of it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ChannelPair : IAsyncDisposable
{
    private ChannelPair(SharedChannelListener listener, SharedChannel server, SharedChannel client)
    {
        Listener = listener;
        Server = server;
        Client = client;
    }

    public SharedChannelListener Listener { get; }

    public SharedChannel Server { get; }

    public SharedChannel Client { get; }

    public static string NewName() => $"test-{Guid.NewGuid():n}";

    public static string PathOf(string name) => ChannelNames.PathOf(SegmentDirectory.OfUser, name);

    public static async Task<ChannelPair> OpenAsync(SharedChannelOptions? options = null)
    {
        var listener = SharedChannelListener.Listen(NewName(), options);
        var accepting = listener.AcceptAsync().AsTask();
        var client = await SharedChannel.ConnectAsync(listener.Name, options).AsTask().WaitAsync(Eventually.Limit);
        return new ChannelPair(listener, await accepting.WaitAsync(Eventually.Limit), client);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Listener.DisposeAsync();
    }
}
