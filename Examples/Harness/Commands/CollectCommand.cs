using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Testbeds;

namespace Connections.Harness.Commands;

/// <summary><c>connections collect</c>: the same of many devices at once, or what a file of requests says, as blocks, rows of text, or rows of a database.</summary>
internal sealed class CollectCommand
{
    private const int MostDevices = 100_000;
    private const int DefaultReplySize = 1_400;

    private const string Description = """
        Collects tables or instances from many devices at once. What comes goes on at once, so that it takes little memory however much it is.

          connections collect 192.0.2.1 192.0.2.2:1161 --root 1.3.6.1.2.1.2.2.1 --json
          connections collect -t lab.yaml --root 1.3.6.1.2.1.2.2.1 -o interfaces.blocks
          connections collect --requests requests.jsonl --csv
          connections collect --simulate 4000 --columns 20 --rows 50 -o table.blocks

        A request is a JSON object a line: id, target, and roots; and kind (get or walk), ranges, credentials, options where they are wanted. Blocks are what
        'connections parse' reads.
        """;

    private readonly Argument<string[]> _hosts = new("HOST") { Description = "Agents, as HOST or HOST:port.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _roots = new("--root", "-r") { Description = "The OID of a table's entry, of a column, or of an instance with --get; may be given several times.", HelpName = "OID" };
    private readonly Option<bool> _get = new("--get") { Description = "The roots are instances, fetched by GET." };
    private readonly Option<string?> _requests = new("--requests") { Description = "A file of requests, a JSON object a line; - is standard input.", HelpName = "FILE" };
    private readonly Option<string> _testbed = Options.Testbed();
    private readonly Option<string[]> _devices = Options.Devices();
    private readonly Option<string?> _alias = Options.Alias();
    private readonly Option<int?> _simulate = Options.Number("--simulate", "Collect from so many simulated devices in this process, a table each.", 1, MostDevices);
    private readonly Option<int?> _rows = Options.Number("--rows", "How many rows a simulated table has; 50 if left out.", 0, 1_000_000);
    private readonly Option<int?> _columns = Options.Number("--columns", "How many columns a simulated table has; 20 if left out.", 1, 1_000);
    private readonly Option<int?> _concurrent = Options.Number("--concurrent", "How many requests are carried out at once; 1000 if left out.", 1, 100_000);
    private readonly Option<int?> _perDevice = Options.Number("--per-device", "How many requests are carried out at once for one device; 1 if left out.", 1, 1_000);
    private readonly Option<int?> _replySize = Options.Number("--reply-size", "How large replies are to be at most, in octets; 1400 if left out.", 484, 65_507);
    private readonly HostOptions _host = new();
    private readonly CollectionOutput _output = new();

    internal static Command Create()
    {
        var collect = new CollectCommand();
        var command = new Command("collect", Description)
        {
            collect._roots, collect._get, collect._requests, collect._testbed, collect._devices, collect._alias, collect._simulate, collect._rows, collect._columns,
            collect._concurrent, collect._perDevice, collect._replySize,
        };
        foreach (var option in collect._host.All.Concat(collect._output.All))
        {
            command.Options.Add(option);
        }

        command.Arguments.Add(collect._hosts);
        command.SetAction(collect.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var plan = await PlanAsync(parsed, cancellationToken);
        var collector = new SnmpCollector(plan.Find, new CollectorOptions
        {
            MaxConcurrent = parsed.GetValue(_concurrent) ?? 1_000,
            MaxPerDevice = parsed.GetValue(_perDevice) ?? 1,
        });
        await using var sink = await _output.OpenAsync(parsed, cancellationToken);
        var run = new CollectionRun(sink);
        await LiveCollection.ShowAsync("collect", plan.Count, () => collector.Progress, () => run.WriteAsync(collector.CollectAsync(plan.Requests, cancellationToken), cancellationToken));
        return run.End(_output.IsElsewhere(parsed), _output.IsJson(parsed), plan.Refused);
    }

    private async Task<CollectPlan> PlanAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var hosts = parsed.GetValue(_hosts) ?? [];
        var testbed = parsed.GetValue(_testbed);
        var requests = parsed.GetValue(_requests);
        var simulated = parsed.GetValue(_simulate);
        if ((hosts.Length > 0 ? 1 : 0) + (testbed is null ? 0 : 1) + (requests is null ? 0 : 1) + (simulated is null ? 0 : 1) != 1)
        {
            throw new UsageException("'collect' needs one of: HOST..., --testbed, --requests or --simulate.");
        }

        if (testbed is not null)
        {
            return await CollectPlan.OfAsync(await OpenAsync(parsed, testbed, cancellationToken), ShapeOf(parsed), cancellationToken);
        }

        var snmp = _host.OptionsOf(parsed) with { MaxReplySize = parsed.GetValue(_replySize) ?? DefaultReplySize };
        var targets = new CollectTargets(SnmpEngine.Shared, snmp);
        if (requests is not null)
        {
            return CollectPlan.OfFile(requests, targets, cancellationToken);
        }

        return simulated is { } count
            ? CollectPlan.OfSimulation(count, parsed.GetValue(_rows) ?? 50, parsed.GetValue(_columns) ?? 20, targets)
            : CollectPlan.OfHosts(hosts, ShapeOf(parsed), targets);
    }

    private CollectShape ShapeOf(ParseResult parsed)
    {
        var roots = parsed.GetValue(_roots) ?? [];
        try
        {
            return new CollectShape(parsed.GetValue(_get) ? CollectKind.Get : CollectKind.Walk, roots.Select(Operation.ParseOid));
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--root: {error.Message}", error);
        }
    }

    private async Task<Selection> OpenAsync(ParseResult parsed, string path, CancellationToken cancellationToken) => await Selection.OpenAsync(
        await Testbed.LoadAsync(path, cancellationToken), new DeviceFilter(parsed.GetValue(_devices) ?? [], [], []), new ConnectOptions { Alias = parsed.GetValue(_alias) });
}
