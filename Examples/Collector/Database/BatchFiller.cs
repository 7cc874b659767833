using System.Threading.Channels;

namespace Connections.Collector.Database;

/// <summary>Takes batches of rows from a queue that several workers share: full ones, or what there is once the first row has waited long enough. For one worker.</summary>
internal sealed class BatchFiller<TRow>(ChannelReader<(TRow Row, Insertion Insertion)> queue, int size, TimeSpan interval)
{
    private readonly List<(TRow, Insertion)> _batch = new(size);

    // One that was begun for a batch that went out without it serves the next.
    private Task<bool>? _arrival;

    /// <summary>The next batch, valid until the next call; empty once the queue is complete.</summary>
    internal async ValueTask<IReadOnlyList<(TRow Row, Insertion Insertion)>> NextAsync(CancellationToken abort)
    {
        _batch.Clear();
        Take();
        while (_batch.Count == 0 && await ArriveAsync(abort))
        {
            Take();
        }

        if (_batch.Count > 0 && _batch.Count < size && interval > TimeSpan.Zero)
        {
            await FillAsync(abort);
        }

        return _batch;
    }

    private async Task FillAsync(CancellationToken abort)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var patience = Task.Delay(interval, done.Token);
        while (_batch.Count < size)
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
        while (_batch.Count < size && queue.TryRead(out var entry))
        {
            _batch.Add(entry);
        }
    }
}
