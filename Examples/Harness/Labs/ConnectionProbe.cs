using System.Diagnostics;
using System.Globalization;
using Connections.Snmp;
using Connections.Snmp.Protocol;
using Connections.Terminal;

namespace Connections.Harness.Labs;

/// <summary>Finds out whether a connection works: connects it, and asks over it for what any device has.</summary>
internal static class ConnectionProbe
{
    private static readonly Oid SysUpTime = new(1, 3, 6, 1, 2, 1, 1, 3, 0);

    /// <summary>Connects one session, whatever pool the testbed says, and closes it again.</summary>
    /// <param name="device">The device; it stays as it is.</param>
    /// <param name="alias">One of its connections.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What the device said.</returns>
    /// <exception cref="Pooling.ConnectionException">The connection cannot be made, or is refused.</exception>
    /// <exception cref="TimeoutException">The device did not answer in time.</exception>
    internal static async Task<ProbeAnswer> AskAsync(Device device, string alias, CancellationToken cancellationToken)
    {
        await using var single = SingleSessions.Of(device);
        var started = Stopwatch.GetTimestamp();
        await single.ConnectAsync(alias, cancellationToken);
        var said = ConnectionChoice.Serves<ITerminal>(device, alias)
            ? PromptOf(single, alias)
            : await UpTimeOfAsync(single.Get<ISnmpClient>(alias), cancellationToken);
        return new ProbeAnswer(said, Stopwatch.GetElapsedTime(started));
    }

    private static string PromptOf(Device device, string alias) => $"prompt {device.Get<TerminalConnection>(alias).Prompt.Trim()}";

    private static async Task<string> UpTimeOfAsync(ISnmpClient client, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(SysUpTime, cancellationToken);
        return answer.Value.Type == SnmpType.TimeTicks ? string.Create(CultureInfo.InvariantCulture, $"up {answer.Value}") : $"no up time: {answer.Value}";
    }
}
