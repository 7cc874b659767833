using Connections.Execution;

namespace Connections.Harness.Labs;

/// <summary>What became of one device in a run.</summary>
/// <param name="Work">What it had to do.</param>
/// <param name="Results">A result for each command, in the order of the commands; without those that were cut off.</param>
/// <param name="CutOff">Why the rest was not done; null if nothing was left out.</param>
internal sealed record DeviceReport(DeviceWork Work, IReadOnlyList<CallResult<DeviceCommand, CommandOutcome>> Results, Exception? CutOff = null)
{
    internal string Name => Work.Name;

    internal bool HasFailed => CutOff is not null || Results.Any(result => !result.IsSuccess);

    /// <summary>The tickets in the order in which workers were granted.</summary>
    internal IEnumerable<long> OrderOfService => Results
        .Where(result => result.IsSuccess)
        .OrderBy(result => result.Value.GrantOrder)
        .Select(result => result.Value.Ticket);
}
