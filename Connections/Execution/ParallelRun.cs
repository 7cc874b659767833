using System.Globalization;
using Connections.Pooling;

namespace Connections.Execution;

/// <summary>One run of a <see cref="ParallelCall"/>.</summary>
internal sealed class ParallelRun<TInput, TValue> : IDisposable
{
    private readonly TInput[] _inputs;
    private readonly Func<TInput, CancellationToken, ValueTask<TValue>> _call;
    private readonly ParallelCallOptions _options;
    private readonly IProgress<CallProgress<TInput, TValue>>? _progress;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _overall;
    private readonly CancellationTokenSource _stop;
    private readonly CallResult<TInput, TValue>[] _results;
    private readonly Lock _reporting = new();
    private int _next;
    private int _done;
    private int _failed;

    public ParallelRun(
        TInput[] inputs,
        Func<TInput, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions options,
        IProgress<CallProgress<TInput, TValue>>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxParallelism);
        _inputs = inputs;
        _call = call;
        _options = options;
        _progress = progress;
        _caller = cancellationToken;
        _results = new CallResult<TInput, TValue>[inputs.Length];
        _overall = new CancellationTokenSource(options.OverallTimeout, options.TimeProvider);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _overall.Token);
    }

    public async Task<IReadOnlyList<CallResult<TInput, TValue>>> RunAsync()
    {
        var lanes = Math.Min(_options.MaxParallelism, _inputs.Length);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => RunLaneAsync())).ConfigureAwait(false);
        _caller.ThrowIfCancellationRequested();
        return _results;
    }

    public void Dispose()
    {
        _stop.Dispose();
        _overall.Dispose();
    }

    private async Task RunLaneAsync()
    {
        while (Interlocked.Increment(ref _next) - 1 is var index && index < _inputs.Length)
        {
            var result = await CallAsync(index).ConfigureAwait(false);
            _results[index] = result;
            Report(result);
            if (!result.IsSuccess && _options.StopOnFirstFailure)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<CallResult<TInput, TValue>> CallAsync(int index)
    {
        var input = _inputs[index];
        var startedAt = _options.TimeProvider.GetTimestamp();
        using var timeout = new CancellationTokenSource(_options.ItemTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, timeout.Token);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            var value = await _call(input, either.Token).ConfigureAwait(false);
            return new(index, input) { ValueOrDefault = value, Duration = _options.TimeProvider.GetElapsedTime(startedAt) };
        }
        catch (Exception error)
        {
            var told = error is OperationCanceledException ? Explain(input, error, timeout.IsCancellationRequested) : error;
            return new(index, input) { Error = told, Duration = _options.TimeProvider.GetElapsedTime(startedAt) };
        }
    }

    // What looks like a cancellation to the call is a timeout to the caller, who cancelled nothing.
    private Exception Explain(TInput input, Exception cancelled, bool itemTimedOut)
    {
        var limit = itemTimedOut ? _options.ItemTimeout : _options.OverallTimeout;
        var of = itemTimedOut ? "given to one call" : "given to all calls together";
        if (_caller.IsCancellationRequested || !(itemTimedOut || _overall.IsCancellationRequested))
        {
            return cancelled;
        }

        var device = (input as Device)?.Name;
        return new CallTimeoutException(
            string.Create(CultureInfo.InvariantCulture, $"{device ?? input?.ToString()} did not finish within the {limit.TotalSeconds:0.###} s {of}."), cancelled)
        {
            Device = device,
            Alias = (cancelled as IConnectionError)?.Alias,
        };
    }

    private void Report(CallResult<TInput, TValue> result)
    {
        if (_progress is null)
        {
            return;
        }

        lock (_reporting)
        {
            _done++;
            _failed += result.IsSuccess ? 0 : 1;
            _progress.Report(new(_done, _failed, _inputs.Length, result));
        }
    }
}
