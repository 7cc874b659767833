using System.Collections.Concurrent;
using Connections.Collector.Results;
using Connections.Snmp.Collection;

namespace Connections.Collector.Tests.Pipeline;

/// <summary>A sink whose blocks are safe when a test says so.</summary>
internal sealed class FakeSink(Func<ResultBlock, CancellationToken, Task> store) : IResultSink
{
    internal ConcurrentQueue<string> Ended { get; } = [];

    public Task WriteAsync(ResultBlock block, CancellationToken cancellationToken) => store(block, cancellationToken);

    public Task EndAsync(IReadOnlyList<BlockRequest> ended, CancellationToken cancellationToken)
    {
        foreach (var request in ended)
        {
            Ended.Enqueue(request.Id);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
