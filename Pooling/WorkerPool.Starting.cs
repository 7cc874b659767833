namespace Connections.Pooling;

/// <summary>The start: the first workers, side by side.</summary>
public sealed partial class WorkerPool<T>
{
    private TaskCompletionSource? _start;

    // How many workers the pool keeps up without being asked for any.
    private int _minimum;
    private int _starting;

    private int MinSize => _options.MinSize ?? _slots.Length;

    private int MinReady => Math.Min(_options.MinReady, MinSize);

    /// <summary>
    /// Creates <see cref="WorkerPoolOptions.MinSize"/> workers, side by side, and keeps up their number from now on: one that fails is tried
    /// again after a growing delay, unless its failure is final, and one that breaks is replaced at once.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; the workers are created all the same. <see cref="CloseAsync"/> stops that too.</param>
    /// <returns>
    /// Ends well once the first attempt for each worker is over and at least <see cref="WorkerPoolOptions.MinReady"/> workers are alive. A pool
    /// that is started already is not started again; one whose start failed may be.
    /// </returns>
    /// <exception cref="ConnectFailedException">
    /// Fewer workers are alive after <see cref="WorkerPoolOptions.MaxCreateFailures"/> failures in a row, or after one that is final, or the breaker of
    /// the device is open.
    /// </exception>
    /// <exception cref="PoolClosedException">The pool is closing or closed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Task started;
        lock (_gate)
        {
            if (_closing)
            {
                return Task.FromException(Closed());
            }

            _start ??= BeginStart();
            started = _start.Task;
        }

        return started.WaitAsync(cancellationToken);
    }

    private TaskCompletionSource BeginStart()
    {
        _start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _minimum = MinSize;
        _refusals = 0;
        if (_live == 0)
        {
            _failures = 0;
        }

        BeginUpTo(_options.FirstAlone && _live == 0 ? Math.Min(_minimum, 1) : _minimum);
        SettleStart();
        return _start;
    }

    /// <summary>Begins the first attempts for the workers that waited for the first one.</summary>
    private void BeginOthers()
    {
        if (_options.FirstAlone && _live == 1 && _start is { Task.IsCompleted: false })
        {
            BeginUpTo(_minimum);
        }
    }

    private void BeginUpTo(int count)
    {
        while (_empty is { } slot && _live + _creating < count)
        {
            slot.Starting = true;
            _starting++;
            BeginCreation();
        }
    }

    private void SettleStart()
    {
        if (_starting == 0 && _live >= MinReady)
        {
            _start?.TrySetResult();
        }
    }

    /// <summary>Makes room for another start, if one still waits.</summary>
    /// <returns>The start that is to fail.</returns>
    private TaskCompletionSource? GiveUpStart()
    {
        if (_start is not { Task.IsCompleted: false } start)
        {
            return null;
        }

        _start = null;
        _minimum = 0;
        return start;
    }
}
