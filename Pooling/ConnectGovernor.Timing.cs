using Polly;
using Polly.Timeout;

namespace Connections.Pooling;

/// <summary>What an attempt may take, and what becomes of one that takes longer.</summary>
public sealed partial class ConnectGovernor
{
    private readonly ResiliencePipeline _timeout;

    private ResiliencePipeline BuildTimeout() => Options.AttemptTimeout == Timeout.InfiniteTimeSpan
        ? ResiliencePipeline.Empty
        : Builder().AddTimeout(Options.AttemptTimeout).Build();

    private async ValueTask<TResult> LimitAsync<TState, TResult>(Attempt<TState, TResult> attempt, CancellationToken cancellationToken)
    {
        try
        {
            // Cancelling must not end the wait, for whoever cancels wants to know when the attempt is over: the timeout alone does.
            return await _timeout.ExecuteAsync(
                static (call, overdue) => call.governor.RunAsync(call.attempt, overdue, call.cancellationToken),
                (governor: this, attempt, cancellationToken),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            throw Overdue(e);
        }
    }

    private async ValueTask<TResult> RunAsync<TState, TResult>(
        Attempt<TState, TResult> attempt, CancellationToken overdue, CancellationToken cancellationToken)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(overdue, cancellationToken);
        var result = CallAsync(attempt, ending.Token);
        try
        {
            return await result.WaitAsync(overdue).ConfigureAwait(false);
        }
        catch (Exception e) when (overdue.IsCancellationRequested)
        {
            var (abandoned, source) = (result, ending);
            ending = null;
            _ = AbandonAsync(attempt, abandoned, source);
            throw new OperationCanceledException(e.Message, e, overdue);
        }
        finally
        {
            ending?.Dispose();
        }
    }

    private static async Task<TResult> CallAsync<TState, TResult>(Attempt<TState, TResult> attempt, CancellationToken cancellationToken) =>
        await attempt.Connect(attempt.State, cancellationToken).ConfigureAwait(false);

    /// <summary>Tells an attempt to end, and discards what it yields all the same.</summary>
    private async Task AbandonAsync<TState, TResult>(Attempt<TState, TResult> attempt, Task<TResult> result, CancellationTokenSource ending)
    {
        try
        {
            using (ending)
            {
                // The timeout gets here too, but maybe only after all that follows from the failure.
                await ending.CancelAsync().ConfigureAwait(false);
                var late = await result.ConfigureAwait(false);
                if (attempt.Discard is { } discard)
                {
                    await discard(attempt.State, late).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            PoolLog.OverdueAttemptFailed(Options.Logger, Label, e);
        }
    }

    private ConnectFailedException Overdue(TimeoutRejectedException error)
    {
        var what = $"An attempt to connect to {Label} was given up because it did not end within {Options.AttemptTimeout.Readable()}.";
        return new ConnectFailedException(
            $"{what} Check that the device answers; if it only is slow, allow more time by {nameof(ConnectGovernorOptions)}.{nameof(ConnectGovernorOptions.AttemptTimeout)}.",
            new TimeoutException(what, error))
        {
            Device = Options.Device,
        };
    }

    /// <summary>What is attempted, and what becomes of a result that comes too late.</summary>
    private readonly record struct Attempt<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> Connect, Func<TState, TResult, ValueTask>? Discard, TState State);
}
