using Connections.Snmp.Collection;

namespace Connections.Collector.Results;

/// <summary>Blocks, one after the other, in a file of one's own; <c>connections parse</c> reads them.</summary>
internal sealed class BlockFileSink(Stream file) : IResultSink
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task WriteAsync(ResultBlock block, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A block that was cut would make all that follow unreadable.
            await file.WriteAsync(block.Memory, CancellationToken.None);
            await file.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task EndAsync(IReadOnlyList<BlockRequest> ended, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        _turn.Dispose();
    }
}
