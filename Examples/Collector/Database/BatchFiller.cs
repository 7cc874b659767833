using System.Threading.Channels;

namespace Connections.Collector.Database;

/// <summary>Takes batches of rows from a queue that several workers share: full ones, or what there is once the first row has waited long enough. For one worker.</summary>
internal sealed class BatchFiller<TRow>(ChannelReader<RowSlice<TRow>> queue, int size, TimeSpan interval)
{
    private readonly Batch<TRow> _batch = new(size);

    // What did not fit into the batch before.
    private RowSlice<TRow> _rest;

    // One that was begun for a batch that went out without it serves the next.
    private Task<bool>? _arrival;

    /// <summary>The next batch, valid until the next call; empty once the queue is complete.</summary>
    internal async ValueTask<Batch<TRow>> NextAsync(CancellationToken abort)
    {
        _batch.Clear();
        Take();
        while (_batch.Count == 0 && await ArriveAsync(abort))
        {
            Take();
        }

        if (_batch.Count > 0 && !_batch.IsFull && interval > TimeSpan.Zero)
        {
            await FillAsync(abort);
        }

        return _batch;
    }

    private async Task FillAsync(CancellationToken abort)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var patience = Task.Delay(interval, done.Token);
        while (!_batch.IsFull)
        {
            _arrival ??= queue.WaitToReadAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(_arrival, patience) == patience || !await ArriveAsync(abort))
            {
                break;
            }

            Take();
        }

        await done.CancelAsync();
    }

    private async Task<bool> ArriveAsync(CancellationToken abort)
    {
        _arrival ??= queue.WaitToReadAsync(CancellationToken.None).AsTask();
        try
        {
            var isThere = await _arrival.WaitAsync(abort);
            _arrival = null;
            return isThere;
        }
        catch (OperationCanceledException)
        {
            // The rows that are left fail, one batch after the other.
            return queue.TryPeek(out _);
        }
    }

    private void Take()
    {
        while (!_batch.IsFull && (_rest.Rows.Length > 0 || queue.TryRead(out _rest)))
        {
            _rest = _batch.Add(_rest);
        }
    }
}
