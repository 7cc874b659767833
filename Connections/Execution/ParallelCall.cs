namespace Connections.Execution;

/// <summary>
/// Makes the same call with many inputs at once, such as one command on many devices. The results come in the order of the inputs, each
/// a value or an error. It goes through pools and locks like any caller, and adds no queue of its own beyond its limit.
/// </summary>
public static class ParallelCall
{
    /// <summary>Makes a call with each input.</summary>
    /// <param name="inputs">The inputs; enumerated once, before the first call.</param>
    /// <param name="call">The call. It must heed its token: timeouts and cancellation take effect through it, and nothing is left running.</param>
    /// <param name="options">The limits.</param>
    /// <param name="progress">Told each time a call ends, by one call at a time.</param>
    /// <param name="cancellationToken">Cancels all calls.</param>
    /// <returns>A result for each input, in their order, once all calls have ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; all calls have ended.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    public static async Task<IReadOnlyList<CallResult<TInput, TValue>>> RunAsync<TInput, TValue>(
        IEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions? options = null,
        IProgress<CallProgress<TInput, TValue>>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(call);
        using var run = new ParallelRun<TInput, TValue>([.. inputs], call, options ?? new(), progress, cancellationToken);
        return await run.RunAsync().ConfigureAwait(false);
    }

    /// <summary>Makes a call with each pair of inputs: the first of both, the second of both, and so on.</summary>
    /// <exception cref="ArgumentException">The inputs are of unequal length.</exception>
    /// <inheritdoc cref="RunAsync{TInput, TValue}"/>
    public static Task<IReadOnlyList<CallResult<(TFirst First, TSecond Second), TValue>>> RunAsync<TFirst, TSecond, TValue>(
        IReadOnlyCollection<TFirst> first,
        IReadOnlyCollection<TSecond> second,
        Func<TFirst, TSecond, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions? options = null,
        IProgress<CallProgress<(TFirst First, TSecond Second), TValue>>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(call);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"There are {first.Count} first inputs and {second.Count} second ones; each call needs one of both.", nameof(second));
        }

        return RunAsync(first.Zip(second), (pair, token) => call(pair.First, pair.Second, token), options, progress, cancellationToken);
    }
}
