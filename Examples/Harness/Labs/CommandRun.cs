using Connections.Execution;
using Connections.Pooling;
using Polly;
using Polly.Retry;

namespace Connections.Harness.Labs;

/// <summary>Runs commands on devices, each device by itself: it is connected, and its commands are asked for at once, so that its pools decide how many are served at a time.</summary>
/// <param name="work">What each device has to do.</param>
/// <param name="options">Limits and retries.</param>
internal sealed class CommandRun(IReadOnlyList<DeviceWork> work, RunOptions options)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly ResiliencePipeline _retry = RetryOf(options.Retries);
    private string? _firstFailed;

    /// <summary>Told of each command that has ended, by several threads at once.</summary>
    internal Action<DeviceCommand>? CommandEnded { get; init; }

    /// <summary>Told of each device that has ended, one at a time, with its place in the order of the work.</summary>
    internal Action<int, DeviceReport>? DeviceEnded { get; init; }

    /// <summary>Runs all, and reports on each device, in the order of the work.</summary>
    internal async Task<IReadOnlyList<DeviceReport>> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var reports = new DeviceReport[work.Count];
        var limits = new ParallelCallOptions { MaxParallelism = options.Parallel };
        await foreach (var result in ParallelCall.StreamAsync(work, (device, token) => RunAsync(device, stop, token), limits, cancellationToken: cancellationToken))
        {
            reports[result.Index] = result.Value;
            DeviceEnded?.Invoke(result.Index, result.Value);
        }

        return reports;
    }

    private async ValueTask<DeviceReport> RunAsync(DeviceWork device, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Token);
        var groups = device.Commands.GroupBy(static command => command.Device).Select(group => RunAsync(group.Key, [.. group], either.Token));
        var results = (await Task.WhenAll(groups)).SelectMany(static results => results).OrderBy(static result => result.Input.Number).ToList();
        cancellationToken.ThrowIfCancellationRequested();
        var report = new DeviceReport(device, results, results.Count < device.Commands.Count ? CutOff(device) : null);
        if (options.FailFast && report.HasFailed && Interlocked.CompareExchange(ref _firstFailed, device.Name, null) is null)
        {
            await stop.CancelAsync();
        }

        return report;
    }

    /// <summary>Runs the commands of one connection. Cancelled, it gives those results that there are.</summary>
    private async Task<IReadOnlyList<CallResult<DeviceCommand, CommandOutcome>>> RunAsync(
        LabDevice connection, IReadOnlyList<DeviceCommand> commands, CancellationToken cancellationToken)
    {
        var results = new List<CallResult<DeviceCommand, CommandOutcome>>();
        try
        {
            var error = await TryConnectAsync(connection, cancellationToken);
            var limits = new ParallelCallOptions { StopOnFirstFailure = options.FailFast };
            await foreach (var result in ParallelCall.StreamAsync(commands, (command, token) => RunAsync(command, error, token), limits, cancellationToken: cancellationToken))
            {
                results.Add(result);
                CommandEnded?.Invoke(result.Input);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever asked for the results sees which are missing.
            return results;
        }

        return results;
    }

    // The commands of a connection that cannot be made all fail for that reason.
    private async Task<Exception?> TryConnectAsync(LabDevice connection, CancellationToken cancellationToken)
    {
        try
        {
            await _retry.ExecuteAsync(
                static (connection, token) => new ValueTask(connection.Device.Connections.ConnectAsync(connection.Options, token)), connection, cancellationToken);
            return null;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return error;
        }
    }

    private ValueTask<CommandOutcome> RunAsync(DeviceCommand command, Exception? connectError, CancellationToken cancellationToken)
    {
        if (connectError is not null)
        {
            return ValueTask.FromException<CommandOutcome>(connectError);
        }

        return options.Retries == 0
            ? command.Command.RunAsync(command.Device, options.Times, cancellationToken)
            : _retry.ExecuteAsync((again, token) => RunAsync(again, token), command, cancellationToken);
    }

    // What a failure has cost its connection is connected again; one that is well is left as it is.
    private async ValueTask<CommandOutcome> RunAsync(DeviceCommand command, CancellationToken cancellationToken)
    {
        await command.Device.Device.Connections.ConnectAsync(command.Device.Options, cancellationToken);
        return await command.Command.RunAsync(command.Device, options.Times, cancellationToken);
    }

    private OperationCanceledException CutOff(DeviceWork device) => new($"{device.Name} was cut off because {_firstFailed} had failed.");

    private static ResiliencePipeline RetryOf(int retries) => retries == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            ShouldHandle = static arguments => new(arguments.Outcome.Exception is IConnectionError { IsTransient: true }),
        })
        .Build();
}
