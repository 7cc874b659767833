namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>Answers with what it was asked; what is lent to it is good until the answer is sent.</summary>
internal sealed class EchoService : IEchoService
{
    public ValueTask<ReadOnlyMemory<byte>> EchoAsync(ReadOnlyMemory<byte> message) => new(message);

    public async ValueTask<int> WorkAsync(int milliseconds)
    {
        await Task.Delay(milliseconds);
        return milliseconds;
    }
}
