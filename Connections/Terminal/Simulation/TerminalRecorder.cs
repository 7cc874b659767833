using Connections.Pooling;

namespace Connections.Terminal.Simulation;

/// <summary>Makes scripts out of what real devices print.</summary>
public static class TerminalRecorder
{
    /// <summary>
    /// Runs commands on a device, one after the other under one lock, and makes a script that plays them. A command that is given several times is played
    /// with the outputs that it had, in order.
    /// </summary>
    /// <param name="connection">The connection, connected.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="timeout">How long each may take, as for <see cref="ITerminal.ExecuteAsync"/>.</param>
    /// <param name="cancellationToken">Ends the recording.</param>
    /// <returns>A script; it has no login and no pages, and no secret but what the device printed.</returns>
    /// <exception cref="ConnectionException">The device failed, as <see cref="ITerminal.ExecuteAsync"/> does.</exception>
    /// <exception cref="CommandTimeoutException">A command did not finish in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<TerminalScript> RecordAsync(
        TerminalConnection connection, IEnumerable<string> commands, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(commands);
        var outputs = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        using (await connection.LockAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var command in commands)
            {
                var output = await connection.ExecuteAsync(command, timeout, cancellationToken).ConfigureAwait(false);
                outputs.TryAdd(command, []);
                outputs[command].Add(Escape(output));
            }
        }

        return ScriptOf(connection, outputs);
    }

    private static TerminalScript ScriptOf(TerminalConnection connection, OrderedDictionary<string, List<string>> outputs)
    {
        // What a shell's prompt was made by the setup, no script can play; the commands are the same at another.
        var platform = connection.Platform;
        var setup = platform.IsStateless ? platform.Setup : [];
        return new TerminalScript
        {
            Name = connection.Settings.DeviceName,
            Os = platform.IsStateless ? connection.PlatformName : null,
            Base = new ScriptedMode
            {
                Prompt = platform.IsStateless ? Escape(connection.Prompt) : "{{name}}> ",
                Commands =
                [
                    .. setup.Where(line => !outputs.ContainsKey(line)).Select(static line => new ScriptedCommand { Line = line }),
                    .. outputs.Select(static entry => new ScriptedCommand { Line = entry.Key, Outputs = entry.Value }),
                ],
            },
        };
    }

    // Braces that a device printed are no placeholder.
    private static string Escape(string text) => text.Replace("{{", "{{open}}", StringComparison.Ordinal);
}
