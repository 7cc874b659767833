using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Testbeds;

namespace Connections.Harness.Commands;

/// <summary><c>connections exec</c>: commands on a testbed's devices, in parallel.</summary>
internal sealed class ExecCommand
{
    private const string Description = """
        Runs commands on many devices at once, each over a connection that it fits, through the pool if that has one.

        Over SNMP a command is an operation in words: 'get OID...', 'walk OID...' or 'set OID TYPE VALUE...', with names or numbers, and types as 'connections set' has
        them. All else is a line for a command line (telnet, ssh, process): quote each, for single words that follow each other are one line. Several commands may
        follow each other; where devices are of several kinds, each carries out those that fit it. With --alias all go to that connection, whatever they look like.
          connections exec -t lab.yaml get sysName.0 walk ifDescr
          connections exec -t lab.yaml -d 'edge*' "show version" "show clock" get sysUpTime.0
          connections exec -t lab.yaml --type router -o dir:backup "show running-config"
          connections exec -t lab.yaml set sysLocation.0 s "Berlin, rack 4" get sysLocation.0

        Results come in the order of the testbed. Commands of one device run side by side where it has a pool, and one after the other over a single connection.
        """;

    private readonly Option<string> _testbed = Options.Testbed();
    private readonly FilterOptions _devices = new();
    private readonly Option<string?> _alias = new("--alias", "-a") { Description = "The connection to use on each device; the first that a command fits if left out.", HelpName = "ALIAS" };
    private readonly Option<int?> _pool = Options.Number("--pool", "Workers in each device's pool; what the testbed says if left out.", 1, 10_000);
    private readonly Option<int?> _parallel = Options.Number("--parallel", "How many devices are worked on at once; all if left out.", 1, 1_000_000);
    private readonly Option<double?> _timeout = Options.Seconds("--timeout", "How long a command waits for a free worker; what the testbed says if left out.");
    private readonly Option<double?> _commandTimeout = Options.Seconds("--command-timeout", "How long a line may run on a device; what the testbed says, or 60, if left out.");
    private readonly Option<bool> _failFast = new("--fail-fast") { Description = "End all that has not ended at the first failure." };
    private readonly Option<int?> _retry = Options.Number("--retry", "How often what failed is tried again, if that may help: not a wrong password. 0 if left out.", 0, 100);
    private readonly ReportForm _form = new();
    private readonly Option<string?> _trace = Options.Trace();
    private readonly Argument<string[]> _words = new("COMMAND") { Description = "The commands.", Arity = ArgumentArity.OneOrMore };

    internal static Command Create()
    {
        var exec = new ExecCommand();
        exec._testbed.Required = true;
        var command = new Command("exec", Description) { exec._testbed };
        foreach (var option in exec._devices.All
            .Concat([exec._alias, exec._pool, exec._parallel, exec._timeout, exec._commandTimeout, exec._failFast, exec._retry])
            .Concat(exec._form.All).Append(exec._trace))
        {
            command.Options.Add(option);
        }

        command.Arguments.Add(exec._words);
        command.SetAction(exec.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var testbed = await Testbed.LoadAsync(parsed.GetRequiredValue(_testbed), cancellationToken);
        await using var selection = await Selection.OpenAsync(testbed, _devices.Read(parsed));
        var connection = new ConnectOptions { Alias = parsed.GetValue(_alias), PoolSize = parsed.GetValue(_pool), PoolTimeout = TimeOf(parsed.GetValue(_timeout)) };
        var work = new WorkPlan(selection, parsed.GetRequiredValue(_words), connection, parsed.GetValue(_trace)).Create();
        var printed = new OrderedReports(_form.Create(parsed));
        var reports = await LiveProgress.ShowEndsAsync(work.Count, ended => new CommandRun(work, OptionsOf(parsed))
        {
            DeviceEnded = (index, report) =>
            {
                ended?.Invoke(report);
                printed.Add(index, report);
            },
        }.RunAsync(cancellationToken));
        printed.Flush();
        return Output.Errors(reports);
    }

    private RunOptions OptionsOf(ParseResult parsed) => new()
    {
        Parallel = parsed.GetValue(_parallel) ?? int.MaxValue,
        FailFast = parsed.GetValue(_failFast),
        Retries = parsed.GetValue(_retry) ?? 0,
        Times = new CommandTimes(TimeOf(parsed.GetValue(_timeout)), TimeOf(parsed.GetValue(_commandTimeout))),
    };

    private static TimeSpan? TimeOf(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;
}
