using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp.Engine;
using Connections.Snmp.Mibs;
using Connections.Snmp.Mibs.Formatting;
using Connections.Testbeds;

namespace Connections.Harness.Commands;

/// <summary>What <c>get</c>, <c>walk</c>, <c>set</c> and <c>table</c> have in common: something is asked of an agent, or of devices of a testbed, and printed.</summary>
internal sealed class QueryCommand
{
    private readonly Plan _plan;
    private readonly Option<string> _testbed = Options.Testbed();
    private readonly FilterOptions _devices = new();
    private readonly Option<string?> _alias = Options.Alias();
    private readonly HostOptions _host = new();
    private readonly Option<bool> _json = Options.Json();
    private readonly Option<bool> _csv = Options.Csv();
    private readonly Option<string?> _trace = Options.Trace();
    private readonly Option<bool> _statistics = new("--stats")
    {
        Description = "Print each agent's requests, losses and round-trip times at the end, too.",
    };

    private readonly Argument<string[]> _words;

    private QueryCommand(string words, string description, Plan plan)
    {
        _plan = plan;
        _words = new Argument<string[]>($"[HOST] {words}")
        {
            Description = $"The agent as HOST or HOST:port, unless --testbed is given, and {description}.",
            Arity = ArgumentArity.OneOrMore,
        };
    }

    /// <summary>What is to be done, worked out from the words behind the host.</summary>
    /// <exception cref="UsageException">The words make no sense.</exception>
    internal delegate Func<Selection, Output, CancellationToken, Task<int>> Plan(ParseResult parsed, IReadOnlyList<string> words);

    internal static Command Create(string name, string description, string words, string wordsDescription, IEnumerable<Option> options, Plan plan)
    {
        var query = new QueryCommand(words, wordsDescription, plan);
        var command = new Command(name, description)
        {
            query._testbed,
        };
        foreach (var option in query._devices.All.Append(query._alias).Concat(query._host.All).Concat(options).Concat([query._json, query._csv, query._statistics, query._trace]))
        {
            command.Options.Add(option);
        }

        command.Arguments.Add(query._words);
        command.SetAction(query.RunAsync);
        return command;
    }

    /// <summary>A command that carries out an operation on each device.</summary>
    internal static Command Create(
        string name, string description, string words, string wordsDescription, Func<IEnumerable<string>, Operation> operation)
    {
        var form = OutputForm.Create();
        return Create(name, description, words, wordsDescription, [form], (parsed, given) =>
        {
            var text = new VarBindText(OutputForm.Read(parsed.GetValue(form)), MibTree.Current);
            var asked = operation(given);
            return (selection, output, token) =>
                new Query<Snmp.Protocol.VarBind>(selection, asked.RunAsync, new VarBindWriter(output, text, selection.Devices.Count > 1), output).RunAsync(token);
        });
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var words = parsed.GetRequiredValue(_words);
        var output = OutputOf(parsed);
        await using var selection = parsed.GetValue(_testbed) is { } testbed
            ? await OpenTestbedAsync(parsed, testbed, cancellationToken)
            : Selection.Of(SettingsOf(parsed, words[0]), parsed.GetValue(_trace));
        var run = _plan(parsed, parsed.GetValue(_testbed) is null ? words[1..] : words);
        var exitCode = await run(selection, output, cancellationToken);
        if (parsed.GetValue(_statistics))
        {
            StatisticsText.Print(SnmpEngine.Shared.GetDeviceStatistics(), output);
        }

        return exitCode;
    }

    private Output OutputOf(ParseResult parsed)
    {
        var (json, csv) = (parsed.GetValue(_json), parsed.GetValue(_csv));
        return json && csv ? throw new UsageException("--json and --csv exclude each other.") : new Output(json, csv);
    }

    private async Task<Selection> OpenTestbedAsync(ParseResult parsed, string path, CancellationToken cancellationToken)
    {
        Options.Refuse(parsed, _host.All, Options.IsForHost);
        var testbed = await Testbed.LoadAsync(path, cancellationToken);
        return await Selection.OpenAsync(
            testbed, _devices.Read(parsed), new ConnectOptions { Alias = parsed.GetValue(_alias) }, parsed.GetValue(_trace));
    }

    private ConnectionSettings SettingsOf(ParseResult parsed, string address)
    {
        Options.Refuse(parsed, [.. _devices.All, _alias], Options.NeedsTestbed);
        return _host.SettingsOf(parsed, address);
    }
}
