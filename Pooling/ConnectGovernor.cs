using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Connections.Pooling;

/// <summary>
/// Spares a device that is connected to: so many attempts at a time, growing delays between failed ones, and none at all for a while when
/// too many have failed. All pools and connections of one device share one. Safe to use from any number of threads at once.
/// </summary>
/// <remarks>
/// The breaker opens when <see cref="ConnectGovernorOptions.BreakAfter"/> attempts have failed and none has succeeded within
/// <see cref="ConnectGovernorOptions.BreakWindow"/>. While it is open attempts fail at once. After
/// <see cref="ConnectGovernorOptions.BreakTime"/> one attempt is let through: its success closes the breaker, its failure opens it anew.
/// An attempt that is cancelled is no failure; one that takes longer than <see cref="ConnectGovernorOptions.AttemptTimeout"/> is.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose of.")]
public sealed partial class ConnectGovernor
{
    private static readonly ResiliencePropertyKey<RetryPlan> Plan = new("Connections.RetryPlan");

    private readonly SemaphoreSlim _places;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _breaker;
    private readonly ResiliencePipeline _retry;

    /// <summary>Makes a governor whose breaker is closed.</summary>
    /// <param name="options">Limits and times.</param>
    public ConnectGovernor(ConnectGovernorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _places = new SemaphoreSlim(options.MaxConcurrentConnects);
        _breaker = Builder().AddCircuitBreaker(BreakerOptions()).Build();
        _timeout = BuildTimeout();
        _retry = Builder().AddRetry(RetryOptions()).Build();
    }

    /// <summary>What the governor was made with.</summary>
    public ConnectGovernorOptions Options { get; }

    /// <summary>Whether the device is left alone: the breaker is open, or lets through no more than one attempt.</summary>
    public bool IsOpen => _circuit.CircuitState != CircuitState.Closed;

    /// <summary>Makes one attempt, once there is a place for it.</summary>
    /// <param name="connect">The attempt.</param>
    /// <param name="state">What <paramref name="connect"/> needs, so that it can be static.</param>
    /// <param name="cancellationToken">Gives up waiting for a place; then it is the attempt's.</param>
    /// <returns>What the attempt returned. What it throws passes through.</returns>
    /// <exception cref="ConnectFailedException">
    /// The breaker is open and nothing was attempted: then the inner exception is the last failure, and
    /// <see cref="ConnectFailedException.RetryAfter"/> says when an attempt is let through. Or the attempt did not end within
    /// <see cref="ConnectGovernorOptions.AttemptTimeout"/>: then the inner exception is a <see cref="TimeoutException"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<TResult> AttemptAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> connect, TState state, CancellationToken cancellationToken) =>
        AttemptAsync(connect, discard: null, state, cancellationToken);

    /// <param name="connect">The attempt.</param>
    /// <param name="discard">
    /// Destroys what an attempt returns that takes too long and does not heed its token, whenever that is; what it throws is logged.
    /// <see langword="null"/> if nothing is to be done.
    /// </param>
    /// <param name="state">What both need, so that they can be static.</param>
    /// <param name="cancellationToken">Gives up waiting for a place; then it is the attempt's.</param>
    /// <inheritdoc cref="AttemptAsync{TState, TResult}(Func{TState, CancellationToken, ValueTask{TResult}}, TState, CancellationToken)"/>
    public async ValueTask<TResult> AttemptAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> connect,
        Func<TState, TResult, ValueTask>? discard,
        TState state,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connect);
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _breaker.ExecuteAsync(
                static (call, token) => call.governor.LimitAsync(call.attempt, token),
                (governor: this, attempt: new Attempt<TState, TResult>(connect, discard, state)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            throw Refusal(e);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Makes attempts, with growing delays between them, until one succeeds, or fails with an error that is not transient.</summary>
    /// <param name="connect">One attempt.</param>
    /// <param name="state">What <paramref name="connect"/> needs, so that it can be static.</param>
    /// <param name="maxAttempts">After how many attempts to give up, those refused by the breaker counted; at least 1.</param>
    /// <param name="onFailure">Told of each failed attempt that is followed by another one, and how long the delay is.</param>
    /// <param name="cancellationToken">Ends delays and waiting; then it is the attempt's.</param>
    /// <returns>What the attempt that succeeded returned. What the last one throws passes through.</returns>
    /// <exception cref="ConnectFailedException">The breaker was open when the last attempt was to be made.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<TResult> ConnectAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<TResult>> connect,
        TState state,
        int maxAttempts = int.MaxValue,
        Action<Exception, TimeSpan>? onFailure = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAttempts, 1);
        var outcome = await RepeatAsync(
            static async (call, token) =>
            {
                try
                {
                    return Outcome.FromResult(await call.Governor.AttemptAsync(call.Connect, call.State, token).ConfigureAwait(false));
                }
                catch (Exception e)
                {
                    return Outcome.FromException<TResult>(e);
                }
            },
            (Governor: this, Connect: connect, State: state),
            new RetryPlan(maxAttempts, onFailure),
            cancellationToken).ConfigureAwait(false);
        outcome.ThrowIfException();
        return outcome.Result!;
    }

    /// <summary>Repeats what fails after growing delays, without a place and past the breaker.</summary>
    internal async ValueTask<Outcome<TResult>> RepeatAsync<TState, TResult>(
        Func<TState, CancellationToken, ValueTask<Outcome<TResult>>> attempt, TState state, RetryPlan plan, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Plan, plan);
        try
        {
            return await _retry.ExecuteOutcomeAsync(
                static (context, call) => call.attempt(call.state, context.CancellationToken), context, (attempt, state)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool IsFailure(Exception? error, ResilienceContext context) =>
        error is not null && !(error is OperationCanceledException && context.CancellationToken.IsCancellationRequested);

    private ResiliencePipelineBuilder Builder() => new() { TimeProvider = Options.TimeProvider };

    private CircuitBreakerStrategyOptions BreakerOptions() => new()
    {
        FailureRatio = 1,
        MinimumThroughput = Options.BreakAfter,
        SamplingDuration = Options.BreakWindow,
        BreakDuration = Options.BreakTime,
        StateProvider = _circuit,
        ShouldHandle = static arguments => new(IsFailure(arguments.Outcome.Exception, arguments.Context)),
        OnOpened = arguments =>
        {
            PoolLog.BreakerOpened(Options.Logger, Label, arguments.BreakDuration.TotalSeconds, arguments.Outcome.Exception);
            return default;
        },
        OnClosed = _ =>
        {
            PoolLog.BreakerClosed(Options.Logger, Label);
            return default;
        },
    };

    private RetryStrategyOptions RetryOptions() => new()
    {
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = Options.RetryDelay,
        MaxDelay = Options.MaxRetryDelay,
        Randomizer = Options.Random.NextDouble,
        ShouldHandle = static arguments => new(
            arguments.AttemptNumber < Planned(arguments.Context).MaxAttempts - 1
            && arguments.Outcome.Exception is not IConnectionError { IsTransient: false }
            && IsFailure(arguments.Outcome.Exception, arguments.Context)),
        DelayGenerator = static arguments => new((arguments.Outcome.Exception as ConnectFailedException)?.RetryAfter),
        OnRetry = static arguments =>
        {
            Planned(arguments.Context).OnFailure?.Invoke(arguments.Outcome.Exception!, arguments.RetryDelay);
            return default;
        },
    };

    private static RetryPlan Planned(ResilienceContext context) => context.Properties.GetValue(Plan, RetryPlan.Endless);

    private string Label => Options.Device is null ? "the device" : $"device '{Options.Device}'";

    private ConnectFailedException Refusal(BrokenCircuitException error)
    {
        // While one attempt is let through, the others shall learn soon how it went.
        var retryAfter = _circuit.CircuitState == CircuitState.Open ? error.RetryAfter : null;
        var last = error.InnerException ?? error;
        return new ConnectFailedException(
            $"Too many attempts in a row to connect to {Label} failed, so it is left alone for a while; the last one failed with: {last.AsSentence()}",
            last)
        {
            Device = Options.Device,
            RetryAfter = retryAfter ?? Options.RetryDelay,
        };
    }
}
