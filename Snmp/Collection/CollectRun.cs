using System.Diagnostics.CodeAnalysis;

namespace Connections.Snmp.Collection;

/// <summary>
/// One collection from its first request to its last block. A feeder takes requests from their source; lanes carry them out, each one request after the other. A lane that
/// awaited the engine goes on on the engine's thread, so that nothing of the user's runs on a lane: sources and finding clients belong to the feeder.
/// </summary>
internal sealed partial class CollectRun : IAsyncDisposable
{
    // The queues of so many targets stay, for their next requests.
    private const int KeptQueues = 16_384;

    private readonly Func<CollectRequest, CancellationToken, ValueTask<ISnmpClient>> _find;
    private readonly CollectorOptions _options;
    private readonly CollectCounters _counters;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _token;
    private readonly BlockOutput _output;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CollectQueue> _queues = [];
    private readonly Queue<CollectJob> _ready = new();
    private readonly Stack<CollectJob> _spare = [];
    private TaskCompletionSource? _room;
    private int _lanes;
    private int _admitted;
    private bool _isFed;
    private Exception? _failure;

    internal CollectRun(
        Func<CollectRequest, CancellationToken, ValueTask<ISnmpClient>> find, CollectorOptions options, CollectCounters counters, CancellationToken cancellationToken)
    {
        _find = find;
        _options = options;
        _counters = counters;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _token = _stop.Token;
        _output = new BlockOutput(options);
    }

    internal BlockOutput Output => _output;

    private long MaxAdmitted => (long)_options.MaxConcurrent + _options.ReadAhead;

    // The feeder is woken for some requests at once, since waking it costs more than taking one.
    private long RoomyAdmitted => MaxAdmitted - Math.Max(1, _options.ReadAhead / 4);

    /// <summary>Takes requests until there are no more, and has them carried out.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the source throws reaches the reader of the blocks.")]
    internal async Task FeedAsync(IAsyncEnumerable<CollectRequest> requests)
    {
        Exception? failure = null;
        try
        {
            await foreach (var request in requests.WithCancellation(_token).ConfigureAwait(false))
            {
                await WaitForAdmissionAsync().ConfigureAwait(false);
                Accept(request);
            }
        }
        catch (Exception error)
        {
            failure = error;
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        lock (_gate)
        {
            _failure = failure;
            _isFed = true;
            EndIfDone();
        }
    }

    /// <summary>Ends what is under way, and waits until nothing of it is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _output.Close();
        await _ended.Task.ConfigureAwait(false);
        _output.Dispose();
        _stop.Dispose();
    }

    private Task WaitForAdmissionAsync()
    {
        lock (_gate)
        {
            if (_admitted < MaxAdmitted)
            {
                return Task.CompletedTask;
            }

            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(_token);
        }
    }

    /// <exception cref="ArgumentException">A name of the request is missing or too long.</exception>
    [SuppressMessage("Reliability", "CA2012", Justification = "Awaited once, by whoever carries the request out.")]
    private void Accept(CollectRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        _counters.Accept();
        var client = FindAsync(request);
        CollectJob? job;
        lock (_gate)
        {
            if (!_queues.TryGetValue(request.Target, out var queue))
            {
                _queues.Add(request.Target, queue = new CollectQueue());
            }

            if (!_spare.TryPop(out job))
            {
                job = new CollectJob(_output, _options.TimeProvider);
            }

            _admitted++;
            job.Take(request, queue, client);
            if (queue.Running == _options.MaxPerDevice)
            {
                queue.Waiting.Enqueue(job);
                return;
            }

            queue.Running++;
            if (_lanes == _options.MaxConcurrent)
            {
                _ready.Enqueue(job);
                return;
            }

            _lanes++;
        }

        _ = RunLaneAsync(job);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A request whose client is not found fails, not the collection.")]
    private ValueTask<ISnmpClient> FindAsync(CollectRequest request)
    {
        try
        {
            return _find(request, _token);
        }
        catch (Exception error)
        {
            return ValueTask.FromException<ISnmpClient>(error);
        }
    }

    /// <summary>Takes note that a job has ended, and gives the lane its next one; <see langword="null"/> ends the lane.</summary>
    private CollectJob? Next(CollectJob ended)
    {
        TaskCompletionSource? room = null;
        CollectJob? next;
        lock (_gate)
        {
            if (--_admitted <= RoomyAdmitted)
            {
                (room, _room) = (_room, null);
            }

            if (ended.Queue.Waiting.TryDequeue(out var waiting))
            {
                _ready.Enqueue(waiting);
            }
            else if (--ended.Queue.Running == 0 && _queues.Count > KeptQueues)
            {
                _queues.Remove(ended.Request.Target);
            }

            if (ended.HasSucceeded)
            {
                _spare.Push(ended);
            }

            if (!_ready.TryDequeue(out next))
            {
                _lanes--;
                EndIfDone();
            }
        }

        room?.TrySetResult();
        return next;
    }

    private void EndIfDone()
    {
        if (_isFed && _lanes == 0)
        {
            _output.Complete(_failure);
            _ended.TrySetResult();
        }
    }
}
