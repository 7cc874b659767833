using System.Text.Json.Serialization;
using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc;

/// <summary>A service that has methods of every kind.</summary>
[RpcService(Name = "workbench", JsonContext = typeof(WorkbenchJson))]
public interface IWorkbench
{
    ValueTask<byte[]> EchoAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    Task<ReadOnlyMemory<byte>> ReverseAsync(byte[] bytes);

    Task<int> AddAsync(int x, int y);

    ValueTask<Reading> MeasureAsync(string name, Reading? last, CancellationToken cancellationToken);

    Task FailAsync(string message);

    ValueTask WaitAsync(string name, CancellationToken cancellationToken);

    [Idempotent]
    ValueTask<int> WhoAsync(CancellationToken cancellationToken = default);

    [Idempotent]
    ValueTask<int> WhoElseAsync(int processId, CancellationToken cancellationToken = default);

    IAsyncEnumerable<int> CountAsync(int from, int count, CancellationToken cancellationToken = default);

    IAsyncEnumerable<byte[]> ChunksAsync();

    int Local => 42;
}

/// <summary>What was measured.</summary>
public sealed record Reading(string Name, double Value);

[JsonSerializable(typeof(Reading))]
internal sealed partial class WorkbenchJson : JsonSerializerContext;
