using Connections.Native.SharedMemory;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A shared channel, as its users have it: what is received is sent back, spinning within the default budget.</summary>
internal sealed class ChannelEcho(string name) : EchoSide
{
    private readonly SharedChannelListener _listener = SharedChannelListener.Listen(name);

    public override string Place => name;

    /// <summary>Lets the other process in.</summary>
    public async Task<SharedChannel> AcceptAsync() => await _listener.AcceptAsync();

    public override void Run() => RunAsync().GetAwaiter().GetResult();

    public override void Dispose()
    {
        _listener.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }

    private async Task RunAsync()
    {
        await using var channel = await AcceptAsync();
        while (await channel.ReceiveAsync() is { } message)
        {
            await channel.SendAsync(message);
        }
    }
}
