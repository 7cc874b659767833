using Connections.Pooling;

namespace Connections.Native.Rpc.Hosting;

/// <summary>Keeps as many processes of one service as it needs.</summary>
internal sealed class ServiceSupervisor : IAsyncDisposable
{
    private readonly ServiceDefinition _service;
    private readonly ServiceHostOptions _options;
    private readonly RpcQueueView _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ServerProcess> _processes = [];
    private readonly List<Task> _leaving = [];
    private readonly TaskCompletionSource _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;
    private TimeSpan _pause;
    private long _pausedUntil;
    private long _neededAt;

    public ServiceSupervisor(ServiceDefinition service, ServiceHostOptions options)
    {
        _service = service;
        _options = options;
        _queue = new RpcQueueView(service.Address);
        _neededAt = options.TimeProvider.GetTimestamp();
        _running = Task.Run(RunAsync);
    }

    /// <summary>Completes when a process serves for the first time, and fails if the first one cannot.</summary>
    public Task Ready => _firstReady.Task;

    /// <summary>Fails with what keeps it from looking after its processes; else it completes once this was disposed.</summary>
    public Task Completion => _running;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await Task.WhenAll(_leaving.Concat(_processes.Select(static process => process.DisposeAsync().AsTask()))).ConfigureAwait(false);
        _queue.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_options.Interval, _options.TimeProvider);
        do
        {
            Step();
        }
        while (await WaitAsync(timer).ConfigureAwait(false));
    }

    private async ValueTask<bool> WaitAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Step()
    {
        Bury();
        Judge();
        var (waiting, seats, busy) = _queue.Look();
        if (seats > 0)
        {
            _firstReady.TrySetResult();
        }

        var isStarting = _processes.Exists(static process => !process.Ready.IsCompleted);
        if (_processes.Count < _service.MinProcesses || (waiting > 0 && !isStarting && _processes.Count < _service.MaxProcesses))
        {
            StartOne();
        }

        var now = _options.TimeProvider.GetTimestamp();
        if (waiting > 0 || busy >= seats || _processes.Count <= _service.MinProcesses)
        {
            _neededAt = now;
        }
        else if (_options.TimeProvider.GetElapsedTime(_neededAt, now) >= _options.IdleTime)
        {
            _neededAt = now;
            Retire(_processes[^1]);
        }
    }

    private void StartOne()
    {
        if (_options.TimeProvider.GetTimestamp() < _pausedUntil)
        {
            return;
        }

        try
        {
            _processes.Add(ServerProcess.Start(_service, _options));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            Pause(TimeSpan.Zero);
            _firstReady.TrySetException(new ConnectFailedException($"No process of the service '{_service.Name}' can be started: {error.Message}", error));
        }
    }

    private void Pause(TimeSpan lived)
    {
        _pause = lived > _options.LongestPause || _pause == TimeSpan.Zero
            ? _options.FirstPause
            : TimeSpan.FromTicks(Math.Min(2 * _pause.Ticks, _options.LongestPause.Ticks));
        _pausedUntil = _options.TimeProvider.GetTimestamp() + (long)(_pause.TotalSeconds * _options.TimeProvider.TimestampFrequency);
    }

    // Those that have ended though nobody told them to.
    private void Bury()
    {
        foreach (var dead in _processes.Where(static process => process.Ended.IsCompleted).ToList())
        {
            if (!_firstReady.Task.IsCompleted)
            {
                _firstReady.TrySetException(new ConnectFailedException(
                    $"The first process of the service '{_service.Name}' ended before it served; its log file in {_service.LogDirectory} tells why."));
            }

            Pause(dead.Age);
            Retire(dead);
        }

        _leaving.RemoveAll(static leaving => leaving.IsCompletedSuccessfully);
    }

    // Those that have not begun in time, and those that have grown too large.
    private void Judge()
    {
        foreach (var process in _processes.ToList())
        {
            if (!process.Ready.IsCompleted && process.Age > _options.StartTimeout)
            {
                process.Kill();
            }
            else if (_service.MemoryLimit is { } limit && process.Ready.IsCompleted && process.Memory > limit)
            {
                Retire(process);
            }
        }
    }

    private void Retire(ServerProcess process)
    {
        _processes.Remove(process);
        _leaving.Add(process.DisposeAsync().AsTask());
    }
}
