using System.Buffers;
using Connections.Snmp.Collection;

namespace Connections.Collector.Results;

/// <summary>Rows as lines of text in a stream, which it closes at its end.</summary>
internal sealed class TextSink(Stream output, IRowFormat format, BlockRows rows) : IResultSink
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private bool _hasHeading;

    public async Task WriteAsync(ResultBlock block, CancellationToken cancellationToken)
    {
        // Before anything is awaited: rates take blocks in their order.
        var lines = rows.Of(block);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            BeginText();
            foreach (var row in lines)
            {
                format.Write(_buffer, row);
            }

            await FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task EndAsync(IReadOnlyList<BlockRequest> ended, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            BeginText();
            foreach (var request in ended)
            {
                format.Write(_buffer, request, request.Result.GetValueOrDefault());
            }

            await FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await output.DisposeAsync();
        (format as IDisposable)?.Dispose();
        _turn.Dispose();
    }

    private void BeginText()
    {
        if (!_hasHeading)
        {
            _hasHeading = true;
            format.WriteHeading(_buffer);
        }
    }

    // What was begun is written to its end, so that no line is cut.
    private async Task FlushAsync()
    {
        await output.WriteAsync(_buffer.WrittenMemory, CancellationToken.None);
        await output.FlushAsync(CancellationToken.None);
        _buffer.ResetWrittenCount();
    }
}
