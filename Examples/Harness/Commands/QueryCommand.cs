using System.CommandLine;
using System.Globalization;
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
    private readonly Option<string?> _community = new("--community", "-c") { Description = "The community for HOST; public if left out.", HelpName = "NAME" };
    private readonly Option<string?> _version = new("--snmp-version", "-v") { Description = "The SNMP version for HOST; 2c if left out." };
    private readonly Option<double?> _timeout = Options.Seconds("--timeout", "How long HOST may take to answer an attempt; 1 if left out.");
    private readonly Option<int?> _retries = Options.Number("--retries", "How often a request to HOST is sent again; 3 if left out.", 0, 100);
    private readonly Option<bool> _json = Options.Json();
    private readonly Argument<string[]> _words = new("[HOST] OID")
    {
        Description = "The agent as HOST or HOST:port, unless --testbed is given, and OIDs in numbers.",
        Arity = ArgumentArity.OneOrMore,
    };

    private QueryCommand(Func<IEnumerable<string>, Operation> operation)
    {
        _operation = operation;
        _version.AcceptOnlyFromAmong("1", "2c");
    }

    internal static Command Create(string name, string description, Func<IEnumerable<string>, Operation> operation)
    {
        var query = new QueryCommand(operation);
        var command = new Command(name, description)
        {
            query._testbed, query._devices, query._alias, query._community, query._version, query._timeout, query._retries, query._json, query._words,
        };
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
        Refuse(parsed, [_community, _version, _timeout, _retries], "is for HOST; with a testbed, the testbed says it");
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
        var (host, port) = AgentAddress.Parse(address);
        return new ConnectionSettings
        {
            DeviceName = address,
            Alias = "snmp",
            Via = "snmp",
            Protocol = "snmp",
            Host = host,
            Port = port,
            Credentials = new Credentials
            {
                Values = new Dictionary<string, Secret> { ["community"] = new(parsed.GetValue(_community) ?? "public") },
            },
            Arguments = ArgumentsOf(parsed),
        };
    }

    private Dictionary<string, string> ArgumentsOf(ParseResult parsed)
    {
        var arguments = new Dictionary<string, string>();
        Add("version", parsed.GetValue(_version));
        Add("timeout", parsed.GetValue(_timeout)?.ToString(CultureInfo.InvariantCulture));
        Add("retries", parsed.GetValue(_retries)?.ToString(CultureInfo.InvariantCulture));
        return arguments;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments.Add(name, value);
            }
        }
    }
}
