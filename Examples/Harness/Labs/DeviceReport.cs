using Connections.Execution;

namespace Connections.Harness.Labs;

/// <summary>What became of one device in a run.</summary>
/// <param name="Device">The device.</param>
/// <param name="ConnectError">Why it could not be connected; then there are no results.</param>
/// <param name="Results">A result for each command, in the order of the commands.</param>
internal sealed record DeviceReport(
    LabDevice Device, Exception? ConnectError, IReadOnlyList<CallResult<DeviceCommand, CommandOutcome>> Results)
{
    internal bool HasFailed => ConnectError is not null || Results.Any(result => !result.IsSuccess);

    /// <summary>The tickets in the order in which workers were granted.</summary>
    internal IEnumerable<long> OrderOfService => Results
        .Where(result => result.IsSuccess)
        .OrderBy(result => result.Value.GrantOrder)
        .Select(result => result.Value.Ticket);
}
