using Connections.Native.Rpc;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>Answers with what it was asked.</summary>
[RpcService(Name = "echo")]
public interface IEchoService
{
    /// <summary>Answers at once.</summary>
    ValueTask<ReadOnlyMemory<byte>> EchoAsync(ReadOnlyMemory<byte> message);

    /// <summary>Answers after so many milliseconds.</summary>
    ValueTask<int> WorkAsync(int milliseconds);
}
