using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Testbeds;
using Spectre.Console;

namespace Connections.Harness.Commands;

/// <summary><c>connections exec</c>: commands on the pools of a testbed's devices, in parallel.</summary>
internal static class ExecCommand
{
    private const string Description = """
        Runs commands on many devices at once, each through the pool of its device.

        A command is an SNMP operation in words: 'get OID...', 'walk OID...' or 'set OID TYPE VALUE...', with OIDs in numbers and types as 'connections
        set' has them. Several may follow each other:
          connections exec -t lab.yaml get 1.3.6.1.2.1.1.5.0 walk 1.3.6.1.2.1.2.2.1.2
          connections exec -t lab.yaml set 1.3.6.1.2.1.1.6.0 s "Berlin, rack 4" get 1.3.6.1.2.1.1.6.0
        """;

    internal static Command Create()
    {
        var testbed = Options.Testbed();
        testbed.Required = true;
        var devices = Options.Devices();
        var alias = Options.Alias();
        var pool = Options.Number("--pool", "Workers in each device's pool; what the testbed says if left out.", 1, 10_000);
        var timeout = Options.Seconds("--timeout", "How long a command waits for a free worker; what the testbed says if left out.");
        var json = Options.Json();
        var trace = Options.Trace();
        var words = new Argument<string[]>("COMMAND") { Description = "The commands.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("exec", Description) { testbed, devices, alias, pool, timeout, json, trace, words };
        command.SetAction((parsed, token) => RunAsync(
            parsed.GetRequiredValue(testbed),
            parsed.GetValue(devices) ?? [],
            new ConnectOptions { Alias = parsed.GetValue(alias), PoolSize = parsed.GetValue(pool) },
            parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Operation.ParseAll(parsed.GetRequiredValue(words)),
            parsed.GetValue(trace),
            new Output(parsed.GetValue(json)),
            token));
        return command;
    }

    private static async Task<int> RunAsync(
        string testbedPath,
        string[] devices,
        ConnectOptions options,
        TimeSpan? queueTimeout,
        IReadOnlyList<Operation> operations,
        string? trace,
        Output output,
        CancellationToken cancellationToken)
    {
        var testbed = await Testbed.LoadAsync(testbedPath, cancellationToken);
        await using var selection = await Selection.OpenAsync(testbed, devices, options, trace);
        var run = new CommandRun(selection, operations) { QueueTimeout = queueTimeout };
        var reports = await LiveProgress.ShowAsync(selection.Devices, operations.Count, progress => run.RunAsync(progress, cancellationToken));
        foreach (var report in reports)
        {
            Show(report, output);
        }

        return Output.Errors(reports);
    }

    private static void Show(DeviceReport report, Output output)
    {
        if (!output.IsJson)
        {
            output.Screen.Write(ResultTable.Full(report));
            output.Screen.WriteLine();
        }
        else if (report.ConnectError is { } error)
        {
            Output.Json(JsonText.Failed(report.Device.Name, error));
        }

        foreach (var result in output.IsJson ? report.Results : [])
        {
            Output.Json(JsonText.Of(result));
        }
    }
}
