using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Terminal;
using Connections.Testbeds;

namespace Connections.Harness.Commands;

/// <summary><c>connections shell</c>: one device, by hand or by a script.</summary>
internal sealed class ShellCommand
{
    private const string Description = """
        Opens a session on one device, which nobody else gets meanwhile.

        On a terminal, a command line (telnet, ssh, process) is as the device shows it, key by key; Ctrl-] leaves. From a pipe it reads commands line by line and prints what each gives;
        the first failure ends it. Of SNMP it reads operations, 'get OID...', 'walk OID...' or 'set OID TYPE VALUE...', a line each; Ctrl-D leaves.
          connections shell -t lab.yaml edge1
          echo 'show version' | connections shell -t lab.yaml edge1 -a cli
          echo 'walk ifDescr' | connections shell -t lab.yaml edge1 -a snmp
        """;

    private readonly Option<string> _testbed = Options.Testbed();
    private readonly Option<string?> _alias = new("--alias", "-a") { Description = "The connection; the device's command line if left out, or SNMP if it has none.", HelpName = "ALIAS" };
    private readonly Option<double?> _timeout = Options.Seconds("--timeout", "How long to wait while others have the device; without end if left out.");
    private readonly Argument<string> _device = new("DEVICE") { Description = "The device, by name or alias." };

    internal static Command Create()
    {
        var shell = new ShellCommand();
        shell._testbed.Required = true;
        var command = new Command("shell", Description) { shell._testbed, shell._alias, shell._timeout, shell._device };
        command.SetAction(shell.RunAsync);
        return command;
    }

    private static bool IsByHand => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var testbed = await Testbed.LoadAsync(parsed.GetRequiredValue(_testbed), cancellationToken);
        var name = testbed.GetDevice(parsed.GetRequiredValue(_device)).Name;
        await using var selection = await Selection.OpenAsync(testbed, DeviceFilter.All with { Names = [name] });
        var device = selection.Members[0];
        var alias = AliasOf(device, parsed.GetValue(_alias));
        var timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
        if (!ConnectionChoice.Serves<ITerminal>(device, alias))
        {
            await using var agent = await SingleSessions.ConnectAsync(SingleSessions.Of(device), alias, cancellationToken);
            await using var held = await agent.LeaseAsync<ISnmpClient>(alias, timeout, cancellationToken, "connections shell");
            return await new SnmpShell(held.Client, device.Name).RunAsync(IsByHand, cancellationToken);
        }

        var isRaw = IsByHand && RawConsole.IsSupported;
        await using var single = await SingleSessions.ConnectAsync(isRaw ? SingleSessions.AsItIs(device) : SingleSessions.Of(device), alias, cancellationToken);
        await using var lease = await single.LeaseAsync<TerminalConnection>(alias, timeout, cancellationToken, "connections shell");
        return isRaw
            ? await TerminalShell.RunAsync(lease.Client, cancellationToken)
            : await RunLinesAsync(lease.Client, cancellationToken);
    }

    private static async Task<int> RunLinesAsync(TerminalConnection terminal, CancellationToken cancellationToken)
    {
        await foreach (var line in InputPump.ReadLines().ReadAllAsync(cancellationToken))
        {
            if (line.Trim() is { Length: > 0 } command && await terminal.ExecuteAsync(command, cancellationToken) is { Length: > 0 } output)
            {
                Output.Line(Console.IsOutputRedirected ? output : ValueText.Harmless(output));
            }
        }

        return ExitCode.Success;
    }

    private static string AliasOf(Device device, string? alias)
    {
        if (alias is not null)
        {
            ConnectionChoice.Require(device.Settings, alias);
            return alias;
        }

        return ConnectionChoice.AliasOf<ITerminal>(device) ?? ConnectionChoice.AliasOf<ISnmpClient>(device)
            ?? throw new UsageException($"The device '{device.Name}' has no connection for a shell; it has {ConnectionChoice.Listed(device.Settings)}.");
    }
}
