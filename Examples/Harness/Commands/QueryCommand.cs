using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Testbeds;
using Lab = Connections.Harness.Labs.Lab;

namespace Connections.Harness.Commands;

/// <summary>What <c>get</c> and <c>walk</c> have in common: one operation on an agent, or on devices of a testbed, its values printed as they come.</summary>
internal sealed class QueryCommand
{
    private readonly Func<IEnumerable<string>, Operation> _operation;
    private readonly Option<string> _testbed = Options.Testbed();
    private readonly Option<string[]> _devices = Options.Devices();
    private readonly Option<string?> _alias = Options.Alias();
    private readonly HostOptions _host = new();
    private readonly Option<bool> _json = Options.Json();
    private readonly Argument<string[]> _words = new("[HOST] OID")
    {
        Description = "The agent as HOST or HOST:port, unless --testbed is given, and OIDs in numbers.",
        Arity = ArgumentArity.OneOrMore,
    };

    private QueryCommand(Func<IEnumerable<string>, Operation> operation) => _operation = operation;

    internal static Command Create(string name, string description, Func<IEnumerable<string>, Operation> operation)
    {
        var query = new QueryCommand(operation);
        var command = new Command(name, description)
        {
            query._testbed, query._devices, query._alias,
        };
        foreach (var option in query._host.All.Append(query._json))
        {
            command.Options.Add(option);
        }

        command.Arguments.Add(query._words);
        command.SetAction(query.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var words = parsed.GetRequiredValue(_words);
        await using var lab = parsed.GetValue(_testbed) is { } testbed
            ? await OpenTestbedAsync(parsed, testbed, cancellationToken)
            : Lab.Of(SettingsOf(parsed, words[0]));
        var operation = _operation(parsed.GetValue(_testbed) is null ? words.Skip(1) : words);
        return await new Query(lab, operation, new Output(parsed.GetValue(_json))).RunAsync(cancellationToken);
    }

    private async Task<Lab> OpenTestbedAsync(ParseResult parsed, string path, CancellationToken cancellationToken)
    {
        Refuse(parsed, _host.All, "is for HOST; with a testbed, the testbed says it");
        var testbed = await Testbed.LoadAsync(path, cancellationToken);
        return await Lab.OpenAsync(testbed, parsed.GetValue(_devices) ?? [], new ConnectOptions { Alias = parsed.GetValue(_alias) });
    }

    private static void Refuse(ParseResult parsed, IEnumerable<Option> options, string why)
    {
        if (options.FirstOrDefault(option => parsed.GetResult(option) is not null) is { } given)
        {
            throw new UsageException($"{given.Name} {why}.");
        }
    }

    private ConnectionSettings SettingsOf(ParseResult parsed, string address)
    {
        Refuse(parsed, [_devices, _alias], "needs a testbed: add --testbed lab.yaml");
        return _host.SettingsOf(parsed, address);
    }
}
