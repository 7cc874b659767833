using System.Diagnostics;
using Connections.Snmp;

namespace Connections.Harness.Labs;

/// <summary>An SNMP operation as a command.</summary>
internal sealed record SnmpCommand(Operation Operation) : ILabCommand
{
    public string? AliasOn(Device device) => ConnectionChoice.AliasOf<ISnmpClient>(device);

    public async ValueTask<CommandOutcome> RunAsync(LabDevice connection, CommandTimes times, CancellationToken cancellationToken)
    {
        await using var lease = await connection.Device.LeaseAsync<ISnmpClient>(connection.Alias, times.Queue, cancellationToken, ToString());
        var started = Stopwatch.GetTimestamp();
        var varBinds = await Operation.RunAsync(lease.Client, cancellationToken).ToListAsync(cancellationToken);
        return new CommandOutcome { VarBinds = varBinds }.By(lease, Stopwatch.GetElapsedTime(started));
    }

    public override string ToString() => Operation.ToString();
}
