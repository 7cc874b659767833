using Connections.Native.SharedMemory;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A shared channel, as its users have it: sent and awaited, spinning within the default budget.</summary>
internal sealed class ChannelCalls : CallCandidate
{
    private readonly SharedChannelListener? _listener;
    private readonly byte[] _message = new byte[Length];

    public ChannelCalls(string name, bool isEcho)
    {
        _listener = isEcho ? SharedChannelListener.Listen(name) : null;
        Channel = isEcho
            ? _listener!.AcceptAsync().AsTask().GetAwaiter().GetResult()
            : Meeting.Retry(() => SharedChannel.ConnectAsync(name).AsTask().GetAwaiter().GetResult());
    }

    /// <summary>The channel.</summary>
    public SharedChannel Channel { get; }

    public override void Echo() => EchoAsync().GetAwaiter().GetResult();

    public override void Call()
    {
        Wait(Channel.SendAsync(_message));
        var answer = Channel.ReceiveAsync();
        if ((answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult()) is null)
        {
            throw new InvalidOperationException("The other process has ended.");
        }
    }

    /// <summary>Sends so many messages one way.</summary>
    public void Send(int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            Wait(Channel.SendAsync(_message));
        }
    }

    /// <summary>Receives so many messages.</summary>
    public async Task ReceiveAsync(int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            await Channel.ReceiveAsync();
        }
    }

    public override void Dispose()
    {
        Channel.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _listener?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void Wait(ValueTask sent)
    {
        if (!sent.IsCompletedSuccessfully)
        {
            sent.AsTask().GetAwaiter().GetResult();
        }
    }

    private async Task EchoAsync()
    {
        while (await Channel.ReceiveAsync() is { } message)
        {
            await Channel.SendAsync(message);
        }
    }
}
