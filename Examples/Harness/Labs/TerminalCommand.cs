using System.Diagnostics;
using Connections.Terminal;

namespace Connections.Harness.Labs;

/// <summary>A line for the command line of a device.</summary>
internal sealed record TerminalCommand(string Line) : ILabCommand
{
    public string? AliasOn(Device device) => ConnectionChoice.AliasOf<ITerminal>(device);

    public async ValueTask<CommandOutcome> RunAsync(LabDevice connection, CommandTimes times, CancellationToken cancellationToken)
    {
        await using var lease = await connection.Device.LeaseAsync<ITerminal>(connection.Alias, times.Queue, cancellationToken, Line);
        var started = Stopwatch.GetTimestamp();
        var printed = await lease.Client.ExecuteAsync(Line, times.Run, cancellationToken);
        return new CommandOutcome { Printed = printed }.By(lease, Stopwatch.GetElapsedTime(started));
    }

    public override string ToString() => Line;
}
