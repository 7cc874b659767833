using System.CommandLine;
using Connections.Execution;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Testbeds;

namespace Connections.Harness.Commands;

/// <summary><c>connections record</c>: a recording of a device, which simulated devices play.</summary>
internal sealed class RecordCommand
{
    private const string Description = """
        Records a device, so that this machine can play it.

        Of an agent, what a walk by SNMP gives, in the .snmprec format, which 'connections agent --data' plays:
          connections record 192.0.2.1 -c public -o edge1.snmprec
          CONNECTIONS_AUTH_PASSWORD=... connections record 192.0.2.1 --user admin --auth SHA-256 -o edge1.snmprec
          connections record -t lab.yaml -d edge1 --root system --root interfaces -o edge1.snmprec

        Of a command line, what it prints to each COMMAND, as a script, which a device of a testbed plays with 'simulated: { terminal: edge1.yaml }':
          connections record -t lab.yaml -d edge1 "show version" "show clock" -o edge1.yaml
        """;

    private readonly HostOptions _host = new();
    private readonly Option<string> _testbed = Options.Testbed();
    private readonly Option<string?> _device = new("--device", "-d") { Description = "The device of the testbed, by name or alias; its only one if left out.", HelpName = "DEV" };
    private readonly Option<string?> _alias = Options.Alias();
    private readonly Option<string[]> _roots = new("--root") { Description = "What to record by SNMP; may be given several times. 1.3.6.1 if left out.", HelpName = "OID" };
    private readonly Option<string?> _file = new("--output", "-o") { Description = "The file; standard output if left out.", HelpName = "FILE" };
    private readonly Argument<string[]> _words = new("[HOST] COMMAND")
    {
        Description = "The agent as HOST or HOST:port, unless --testbed is given; then, what to have the command line of the device carry out, nothing for SNMP.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    internal static Command Create()
    {
        var record = new RecordCommand();
        var command = new Command("record", Description) { record._testbed, record._device, record._alias, record._roots, record._file, record._words };
        foreach (var option in record._host.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(record.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var words = parsed.GetValue(_words) ?? [];
        return parsed.GetValue(_testbed) is { } testbed
            ? RunOnTestbedAsync(parsed, testbed, words, cancellationToken)
            : RunOnHostAsync(parsed, words, cancellationToken);
    }

    private async Task<int> RunOnHostAsync(ParseResult parsed, string[] words, CancellationToken cancellationToken)
    {
        Options.Refuse(parsed, [_device, _alias], Options.NeedsTestbed);
        if (words is not [var address])
        {
            throw new UsageException(words.Length == 0
                ? "Name the agent to record, as HOST or HOST:port, or a device of a testbed by --testbed and --device."
                : $"'{words[1]}' is a command, and {words[0]} an agent that takes none: add --testbed lab.yaml, which says how to reach the device's command line.");
        }

        await using var selection = Selection.Of(_host.SettingsOf(parsed, address));
        return await RecordAgentAsync(parsed, selection, cancellationToken);
    }

    private async Task<int> RunOnTestbedAsync(ParseResult parsed, string path, string[] commands, CancellationToken cancellationToken)
    {
        Options.Refuse(parsed, _host.All, Options.IsForHost);
        var testbed = await Testbed.LoadAsync(path, cancellationToken);
        var filter = DeviceFilter.All with { Names = [DeviceOf(testbed, parsed.GetValue(_device))] };
        var alias = parsed.GetValue(_alias);
        if (commands.Length == 0)
        {
            await using var agents = await Selection.OpenAsync(testbed, filter, new ConnectOptions { Alias = alias });
            return await RecordAgentAsync(parsed, agents, cancellationToken);
        }

        Options.Refuse(parsed, [_roots], "is for SNMP; leave it out, or the commands");
        await using var terminals = await Selection.OpenAsync(testbed, filter);
        return await RecordTerminalAsync(parsed, new TerminalRecording(terminals.Members[0], alias, commands), cancellationToken);
    }

    private static string DeviceOf(Testbed testbed, string? name) => name is not null
        ? testbed.GetDevice(name).Name
        : testbed.Devices.Count == 1
        ? testbed.Devices.Keys.Single()
        : throw new UsageException($"{testbed.File}: there are {testbed.Devices.Count} devices, so choose one by --device: {string.Join(", ", testbed.Devices.Keys.Take(20))}.");

    private async Task<int> RecordAgentAsync(ParseResult parsed, Selection selection, CancellationToken cancellationToken)
    {
        var recording = new AgentRecording(selection.Devices[0].Name, parsed.GetValue(_roots) ?? []);
        (await selection.ConnectAsync(cancellationToken)).ThrowIfAnyFailed();
        var client = selection.Devices[0].Device.Get<ISnmpClient>(selection.Devices[0].Alias);
        if (parsed.GetValue(_file) is not { } path)
        {
            await recording.WriteAsync(client, Console.Out, progress: null, cancellationToken);
            return ExitCode.Success;
        }

        var count = await LiveCount.ShowAsync(
            $"Recording {recording.Device}",
            progress => RecordingFile.WriteAsync(path, writer => recording.WriteAsync(client, writer, progress, cancellationToken)));
        Output.Line($"{path}: {count} variables of {recording.Device}");
        return ExitCode.Success;
    }

    private async Task<int> RecordTerminalAsync(ParseResult parsed, TerminalRecording recording, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_file) is not { } path)
        {
            await recording.WriteAsync(Console.Out, cancellationToken);
            return ExitCode.Success;
        }

        var count = await RecordingFile.WriteAsync(path, writer => recording.WriteAsync(writer, cancellationToken));
        Output.Line($"{path}: {count} {(count == 1 ? "command" : "commands")} of {recording.Device}");
        return ExitCode.Success;
    }
}
