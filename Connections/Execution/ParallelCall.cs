namespace Connections.Execution;

/// <summary>
/// Makes the same call with many inputs at once, such as one command on many devices: each becomes a value or an error. It goes through
/// pools and locks like any caller, and adds no queue of its own beyond its limits.
/// </summary>
/// <remarks>
/// <para>Calls begin in the order of the inputs, but one whose device is full (<see cref="ParallelCallOptions.MaxPerDevice"/>) lets
/// those of other devices go first. Each runs up to its first wait before the next begins, so a call must not block.</para>
/// <para>Timeouts and cancellation take effect through the token that a call is given, and nothing is left running: a call that ignores its
/// token is waited for, and what it gives late counts as given.</para>
/// <para>Each call is a flow of its own, forked from the caller's: what one holds, the others wait for. Inside a lock or a lease that
/// the caller holds, they take turns on it.</para>
/// </remarks>
public static class ParallelCall
{
    /// <summary>Makes a call with each input, and gives all results in the order of the inputs.</summary>
    /// <param name="inputs">The inputs; enumerated once, before the first call.</param>
    /// <param name="call">The call. It must heed its token.</param>
    /// <param name="options">The limits.</param>
    /// <param name="progress">Told each time a call has ended, one at a time. What it throws cancels all calls and is thrown.</param>
    /// <param name="deviceOf">
    /// The name of an input's device, for the limit per device and for messages; null for none. By default, that of an input
    /// which is a <see cref="Device"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels all calls.</param>
    /// <returns>A result for each input, in their order, once all calls have ended.</returns>
    /// <exception cref="ArgumentException">There is a limit per device, and the inputs are no devices nor is <paramref name="deviceOf"/> given.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; all calls have ended.</exception>
    public static async Task<IReadOnlyList<CallResult<TInput, TValue>>> RunAsync<TInput, TValue>(
        IEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions? options = null,
        IProgress<CallProgress<TInput, TValue>>? progress = null,
        Func<TInput, string?>? deviceOf = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        TInput[] all = [.. inputs];
        var results = new CallResult<TInput, TValue>[all.Length];
        var (done, failed) = (0, 0);
        await foreach (var result in StreamAsync(all, call, options, deviceOf, cancellationToken).ConfigureAwait(false))
        {
            results[result.Index] = result;
            done++;
            failed += result.IsSuccess ? 0 : 1;
            progress?.Report(new(done, failed, all.Length, result));
        }

        return results;
    }

    /// <summary>
    /// Makes a call with each input, and gives the results as the calls end. A slow reader holds up no call; leaving the loop early
    /// cancels those that have not ended, and waits for them.
    /// </summary>
    /// <returns>A result for each input. Each enumeration makes all calls, and its timeout starts with it.</returns>
    /// <inheritdoc cref="RunAsync{TInput, TValue}"/>
    public static IAsyncEnumerable<CallResult<TInput, TValue>> StreamAsync<TInput, TValue>(
        IEnumerable<TInput> inputs,
        Func<TInput, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions? options = null,
        Func<TInput, string?>? deviceOf = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(call);
        options ??= new();
        return ParallelRun<TInput, TValue>.StreamAsync(inputs, call, options, DeviceOf(options, deviceOf), cancellationToken);
    }

    /// <summary>Makes a call with each pair of inputs: the first of both, the second of both, and so on. The first tells the device.</summary>
    /// <exception cref="ArgumentException">The inputs are of unequal length; or there is a limit per device, but no device.</exception>
    /// <inheritdoc cref="RunAsync{TInput, TValue}"/>
    public static Task<IReadOnlyList<CallResult<(TFirst First, TSecond Second), TValue>>> RunAsync<TFirst, TSecond, TValue>(
        IReadOnlyCollection<TFirst> first,
        IReadOnlyCollection<TSecond> second,
        Func<TFirst, TSecond, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions? options = null,
        IProgress<CallProgress<(TFirst First, TSecond Second), TValue>>? progress = null,
        Func<TFirst, string?>? deviceOf = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"There are {first.Count} first inputs and {second.Count} second ones; each call needs one of both.", nameof(second));
        }

        return RunPairsAsync(first.Zip(second), call, options, progress, deviceOf, cancellationToken);
    }

    /// <summary>Makes a call with each command on each device, or on what stands for a device.</summary>
    /// <returns>The results device by device, and those of a device in the order of the commands, once all calls have ended.</returns>
    /// <inheritdoc cref="RunAsync{TInput, TValue}"/>
    public static Task<IReadOnlyList<CallResult<(TDevice Device, TCommand Command), TValue>>> RunOnEachAsync<TDevice, TCommand, TValue>(
        IEnumerable<TDevice> devices,
        IReadOnlyCollection<TCommand> commands,
        Func<TDevice, TCommand, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions? options = null,
        IProgress<CallProgress<(TDevice Device, TCommand Command), TValue>>? progress = null,
        Func<TDevice, string?>? deviceOf = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(commands);
        var pairs = devices.SelectMany(_ => commands, static (device, command) => (device, command));
        return RunPairsAsync(pairs, call, options, progress, deviceOf, cancellationToken);
    }

    private static Task<IReadOnlyList<CallResult<(TFirst, TSecond), TValue>>> RunPairsAsync<TFirst, TSecond, TValue>(
        IEnumerable<(TFirst, TSecond)> pairs,
        Func<TFirst, TSecond, CancellationToken, ValueTask<TValue>> call,
        ParallelCallOptions? options,
        IProgress<CallProgress<(TFirst, TSecond), TValue>>? progress,
        Func<TFirst, string?>? deviceOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        options ??= new();
        deviceOf = DeviceOf(options, deviceOf);
        return RunAsync(
            pairs, (pair, token) => call(pair.Item1, pair.Item2, token), options, progress, pair => deviceOf(pair.Item1), cancellationToken);
    }

    private static Func<TInput, string?> DeviceOf<TInput>(ParallelCallOptions options, Func<TInput, string?>? deviceOf)
    {
        if (deviceOf is null && options.MaxPerDevice < int.MaxValue && !typeof(TInput).IsAssignableTo(typeof(Device)))
        {
            throw new ArgumentException(
                $"{nameof(ParallelCallOptions.MaxPerDevice)} needs the device of each input, and a {typeof(TInput).Name} tells none: say what it is.",
                nameof(deviceOf));
        }

        return deviceOf ?? (static input => (input as Device)?.Name);
    }
}
