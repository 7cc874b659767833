using Connections.Harness.Rendering;
using Connections.Terminal;

namespace Connections.Harness.Commands;

/// <summary>A session of a person at a terminal with the command line of a device.</summary>
internal static class TerminalShell
{
    private const char Leave = '\x1d';

    internal static async Task<int> RunAsync(TerminalConnection terminal, CancellationToken cancellationToken)
    {
        Output.Remark($"{terminal.Settings.DeviceName}/{terminal.Alias}: Ctrl-] leaves.");
        bool hasLeft;
        using (new RawConsole())
        {
            hasLeft = await terminal.InteractAsync(InputPump.ReadKeys(Leave).ReadAllAsync(cancellationToken), PrintAsync, cancellationToken);
        }

        Output.Remark(hasLeft ? "" : $"{Environment.NewLine}{terminal.Settings.DeviceName} has closed the session.");
        return ExitCode.Success;
    }

    private static ValueTask PrintAsync(string text, CancellationToken cancellationToken)
    {
        Console.Out.Write(text);
        return ValueTask.CompletedTask;
    }
}
