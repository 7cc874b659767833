using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Connections.Pooling;

namespace Connections.Execution;

/// <summary>One run of a <see cref="ParallelCall"/>: lanes that each make one call after another.</summary>
internal sealed class ParallelRun<TInput, TValue> : IDisposable
{
    private readonly TInput[] _inputs;
    private readonly string?[] _devices;
    private readonly Func<TInput, CancellationToken, ValueTask<TValue>> _call;
    private readonly ParallelCallOptions _options;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _overall;
    private readonly CancellationTokenSource _stop;
    private readonly CallQueue _queue;

    // Unbounded, which the number of inputs bounds: a slow reader keeps neither a worker nor a deadline waiting.
    private readonly Channel<CallResult<TInput, TValue>> _ended =
        Channel.CreateUnbounded<CallResult<TInput, TValue>>(new UnboundedChannelOptions { SingleReader = true });

    private CallResult<TInput, TValue>? _firstFailure;

    private ParallelRun(
        IEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions options,
        Func<TInput, string?> deviceOf,
        CancellationToken cancellationToken)
    {
        _inputs = [.. inputs];
        _devices = Array.ConvertAll(_inputs, input => deviceOf(input));
        _call = call;
        _options = options;
        _caller = cancellationToken;
        _queue = new CallQueue(_devices, options.MaxPerDevice);
        _overall = new CancellationTokenSource(options.OverallTimeout, options.TimeProvider);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _overall.Token);
    }

    /// <summary>Makes the calls, and gives their results as they end. However the enumeration ends, no call is left running.</summary>
    public static async IAsyncEnumerable<CallResult<TInput, TValue>> StreamAsync(
        IEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions options,
        Func<TInput, string?> deviceOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var run = new ParallelRun<TInput, TValue>(inputs, call, options, deviceOf, cancellationToken);
        var lanes = run.RunLanesAsync();
        try
        {
            await foreach (var result in run._ended.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return result;
            }
        }
        finally
        {
            await Task.WhenAll(run._stop.CancelAsync(), lanes).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _overall.Dispose();
    }

    private async Task RunLanesAsync()
    {
        Exception? failure = null;
        try
        {
            var lanes = Math.Min(_options.MaxParallelism, _inputs.Length);
            await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => RunLaneAsync())).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            failure = error;
        }

        _ended.Writer.Complete(failure);
    }

    private async Task RunLaneAsync()
    {
        for (var turn = _queue.Next(); turn is { Index: var index }; turn = _queue.Next(turn))
        {
            var result = await CallAsync(new(index, _inputs[index], _devices[index])).ConfigureAwait(false);
            _ended.Writer.TryWrite(result);
            if (!result.IsSuccess && _options.StopOnFirstFailure && Interlocked.CompareExchange(ref _firstFailure, result, null) is null)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    // Async, so that what a call changes in its execution context, such as what it holds, is lost to the next call of the lane.
    private async ValueTask<CallResult<TInput, TValue>> CallAsync(CallResult<TInput, TValue> result)
    {
        if (_stop.IsCancellationRequested)
        {
            return result with { Error = Explain(result, new OperationCanceledException(_stop.Token), itemTimedOut: false) };
        }

        var startedAt = _options.TimeProvider.GetTimestamp();
        using var timeout = new CancellationTokenSource(_options.ItemTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, timeout.Token);
        try
        {
            var value = await _call(result.Input, either.Token).ConfigureAwait(false);
            return result with { ValueOrDefault = value, Duration = _options.TimeProvider.GetElapsedTime(startedAt) };
        }
        catch (Exception error)
        {
            var told = error is OperationCanceledException cancelled ? Explain(result, cancelled, timeout.IsCancellationRequested) : error;
            return result with { Error = told, Duration = _options.TimeProvider.GetElapsedTime(startedAt) };
        }
    }

    // What looks like a cancellation to the call is something else to the caller, who cancelled nothing.
    private Exception Explain(CallResult<TInput, TValue> result, OperationCanceledException cancelled, bool itemTimedOut)
    {
        if (_caller.IsCancellationRequested)
        {
            return cancelled;
        }

        if (itemTimedOut)
        {
            return TimedOut(result, _options.ItemTimeout, "one call", cancelled);
        }

        if (_firstFailure is { } failed && failed.Index != result.Index)
        {
            var message = $"{result.Subject} was cancelled because {failed.Subject} had failed.";
            return new OperationCanceledException(message, cancelled, cancelled.CancellationToken);
        }

        return _overall.IsCancellationRequested ? TimedOut(result, _options.OverallTimeout, "all calls together", cancelled) : cancelled;
    }

    private static CallTimeoutException TimedOut(
        CallResult<TInput, TValue> result, TimeSpan limit, string whose, OperationCanceledException cancelled)
    {
        var seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return new CallTimeoutException($"{result.Subject} did not finish within the {seconds} s given to {whose}.", cancelled)
        {
            Device = result.Device,
            Alias = (cancelled as IConnectionError)?.Alias,
        };
    }
}
