using System.Diagnostics;
using Connections.Execution;
using Connections.Snmp;

namespace Connections.Harness.Labs;

/// <summary>Runs the same commands on all devices of a lab at once: the pools decide how many are served at a time.</summary>
/// <param name="selection">The devices.</param>
/// <param name="operations">The commands, asked for in this order on each device.</param>
internal sealed class CommandRun(Selection selection, IReadOnlyList<Operation> operations)
{
    /// <summary>How long a command waits for a free worker; null for what the pool says.</summary>
    internal TimeSpan? QueueTimeout { get; init; }

    /// <summary>Connects the devices, runs the commands, and reports on each device, in order.</summary>
    internal async Task<IReadOnlyList<DeviceReport>> RunAsync(
        IProgress<CallProgress<DeviceCommand, CommandOutcome>>? progress, CancellationToken cancellationToken)
    {
        var connects = await selection.ConnectAsync(cancellationToken);
        var commands = connects
            .Where(connect => connect.IsSuccess)
            .SelectMany(connect => operations.Select(operation => new DeviceCommand(connect.Input, operation)));
        var results = await ParallelCall.RunAsync(commands, RunAsync, progress: progress, cancellationToken: cancellationToken);
        var byDevice = results.ToLookup(result => result.Input.Device);
        return [.. connects.Select(connect => new DeviceReport(connect.Input, connect.Error, [.. byDevice[connect.Input]]))];
    }

    private async ValueTask<CommandOutcome> RunAsync(DeviceCommand command, CancellationToken cancellationToken)
    {
        var (device, operation) = command;
        await using var lease = await device.Device.LeaseAsync<ISnmpClient>(device.Alias, QueueTimeout, cancellationToken, operation.ToString());
        var started = Stopwatch.GetTimestamp();
        var varBinds = await operation.RunAsync(lease.Client, cancellationToken).ToListAsync(cancellationToken);
        return new CommandOutcome(varBinds, lease.Ticket, lease.Queued, Stopwatch.GetElapsedTime(started), lease.GrantOrder);
    }
}
