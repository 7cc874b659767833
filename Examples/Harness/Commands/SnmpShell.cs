using System.CommandLine.Parsing;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Mibs.Formatting;

namespace Connections.Harness.Commands;

/// <summary>Reads SNMP operations line by line, and prints what each gives. By hand, a failure ends nothing.</summary>
internal sealed class SnmpShell(ISnmpClient client, string device)
{
    private const string Leave = "\x1d";

    private readonly VarBindText _text = new();

    /// <exception cref="UsageException">A line makes no sense, and is not by hand.</exception>
    internal async Task<int> RunAsync(bool isByHand, CancellationToken cancellationToken)
    {
        var lines = InputPump.ReadLines();
        Prompt(isByHand);
        await foreach (var line in lines.ReadAllAsync(cancellationToken))
        {
            if (line.Contains(Leave, StringComparison.Ordinal) || line.Trim() is "exit" or "quit")
            {
                break;
            }

            try
            {
                await RunAsync(line, cancellationToken);
            }
            catch (Exception error) when (isByHand && !cancellationToken.IsCancellationRequested)
            {
                Output.Error(device, Failure.Explain(error));
            }

            Prompt(isByHand);
        }

        return ExitCode.Success;
    }

    private async Task RunAsync(string line, CancellationToken cancellationToken)
    {
        foreach (var operation in Operation.ParseAll(CommandLineParser.SplitCommandLine(line)))
        {
            await foreach (var varBind in operation.RunAsync(client, cancellationToken))
            {
                Output.Line(_text.Format(varBind));
            }
        }
    }

    private void Prompt(bool isByHand)
    {
        if (isByHand)
        {
            Console.Out.Write($"{device}> ");
        }
    }
}
