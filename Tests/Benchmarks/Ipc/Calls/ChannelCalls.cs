using Connections.Native.SharedMemory;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A shared channel, as its users have it: sent and awaited, spinning within the default budget.</summary>
internal sealed class ChannelCalls(string name) : CallSide
{
    private readonly SharedChannel _channel = SharedChannel.ConnectAsync(name).AsTask().GetAwaiter().GetResult();
    private readonly byte[] _message = new byte[CallCandidate.Length];

    public override void Call()
    {
        Wait(_channel.SendAsync(_message));
        var answer = _channel.ReceiveAsync();
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
            Wait(_channel.SendAsync(_message));
        }
    }

    public override void Dispose() => _channel.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static void Wait(ValueTask sent)
    {
        if (!sent.IsCompletedSuccessfully)
        {
            sent.AsTask().GetAwaiter().GetResult();
        }
    }
}
