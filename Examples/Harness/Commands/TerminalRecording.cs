using Connections.Harness.Labs;
using Connections.Terminal;
using Connections.Terminal.Simulation;

namespace Connections.Harness.Commands;

/// <summary>What the command line of a device prints to commands, as a script. They are carried out one after the other, in one session that nobody else has.</summary>
internal sealed class TerminalRecording
{
    private readonly Device _device;
    private readonly string _alias;
    private readonly string[] _commands;

    /// <param name="device">The device.</param>
    /// <param name="alias">The connection; the device's command line if this is null.</param>
    /// <param name="words">The commands, as <see cref="CommandWords.Lines"/> reads them.</param>
    /// <exception cref="UnknownAliasException">The device has no such connection.</exception>
    /// <exception cref="UsageException">The connection is no command line, the device has none, or the commands make no sense.</exception>
    internal TerminalRecording(Device device, string? alias, IEnumerable<string> words)
    {
        _device = device;
        _alias = ConnectionChoice.Choose<ITerminal>(device, alias, "commands");
        _commands = [.. CommandWords.Lines(words).Select(static line => line.ToString()!)];
    }

    internal string Device => _device.Name;

    /// <summary>Carries the commands out, and writes the script.</summary>
    /// <returns>How many commands those were.</returns>
    internal async Task<int> WriteAsync(TextWriter writer, CancellationToken cancellationToken)
    {
        await using var single = await SingleSessions.ConnectAsync(SingleSessions.Of(_device), _alias, cancellationToken);
        await using var lease = await single.LeaseAsync<TerminalConnection>(_alias, Timeout.InfiniteTimeSpan, cancellationToken, "connections record");
        var script = await TerminalRecorder.RecordAsync(lease.Client, _commands, cancellationToken: cancellationToken);
        await writer.WriteAsync(script.ToYaml().AsMemory(), cancellationToken);
        return _commands.Length;
    }
}
