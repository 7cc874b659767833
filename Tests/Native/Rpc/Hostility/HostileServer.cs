using System.Runtime.Versioning;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Calls;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;
using Connections.Native.SharedMemory;
using Connections.Native.SharedMemory.Rings;
using Connections.Native.Tests.SharedMemory;

namespace Connections.Native.Tests.Rpc.Hostility;

/// <summary>A client of a workbench, and a test that plays its server.</summary>
[SupportedOSPlatform("linux")]
internal sealed class HostileServer : IAsyncDisposable
{
    private const int Capacity = 4096;

    private static readonly SharedChannelOptions Options = new() { Capacity = Capacity, MaximumMessageLength = 64 * 1024, SpinBudget = TimeSpan.Zero };

    private static readonly int[] WordsThatMatter =
    [
        RingLayout.ControlSize + RingLayout.Tail, RingLayout.Head, RingLayout.ControlSize + RingLayout.Ended, RingLayout.ReaderParking,
        .. Enumerable.Range(0, 2 * Capacity / 64).Select(static line => RingLayout.DataStart + (64 * line)),
    ];

    private readonly ChannelPair _pair;
    private readonly OneConnection _route;

    private HostileServer(ChannelPair pair, ClientConnection connection)
    {
        _pair = pair;
        Connection = connection;
        _route = new OneConnection(connection);
        Client = RpcContracts.Of<IWorkbench>().CreateClient(new RpcBinding(_route, new RpcClientOptions(), Timeout.InfiniteTimeSpan));
    }

    /// <summary>The answer to a greeting.</summary>
    public static byte[] Welcome { get; } = Mutation.Message(new Frame(FrameKind.Welcome, 0, Protocol.Version), []);

    /// <summary>What the client's process calls.</summary>
    public IWorkbench Client { get; }

    /// <summary>Its connection.</summary>
    public ClientConnection Connection { get; }

    /// <summary>Connects a client, and welcomes it as it is told.</summary>
    public static async Task<HostileServer> OpenAsync(byte[] welcome)
    {
        var pair = await ChannelPair.OpenAsync(Options);
        try
        {
            var opening = ClientConnection.OpenAsync(
                new SharedMessageChannel(pair.Client, "the hostile server"), RpcContracts.Of<IWorkbench>().Contract, TimeProvider.System, default).AsTask();
            await pair.Server.ReceiveAsync().BoundedAsync();
            await pair.Server.SendAsync(welcome);
            return new HostileServer(pair, await opening.BoundedAsync());
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether anything was written into the memory, so that nothing need arrive any more.</summary>
    public bool IsTampered { get; private set; }

    /// <summary>Receives the next call; a copy of it. Null if the client has ended the channel instead.</summary>
    public async Task<byte[]?> ReceiveCallAsync()
    {
        try
        {
            while (await _pair.Server.ReceiveAsync().BoundedAsync() is { } message)
            {
                // The client may have ended calls before, and asked for more of a stream.
                if (Frame.Read(message.Span).Kind == FrameKind.Call)
                {
                    return message.ToArray();
                }
            }
        }
        catch (ConnectionLostException)
        {
            // As good as its end.
        }

        return null;
    }

    /// <summary>Sends a message. False if the client has ended the channel.</summary>
    public async Task<bool> TrySendAsync(byte[] message)
    {
        try
        {
            await _pair.Server.SendAsync(message).AsTask().BoundedAsync();
            return true;
        }
        catch (Exception error) when (error is ConnectionLostException or SharedMemoryException)
        {
            return false;
        }
    }

    /// <summary>Writes anything into the memory.</summary>
    public unsafe void Tamper(Random random)
    {
        IsTampered = true;
        Scribble.Over(new Span<byte>(_pair.Server.Memory.Words, RingLayout.SizeOf(Capacity)), WordsThatMatter, random);
    }

    public async ValueTask DisposeAsync()
    {
        await _route.DisposeAsync();
        await _pair.DisposeAsync();
    }
}
