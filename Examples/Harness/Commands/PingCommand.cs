using System.CommandLine;
using System.Text.Json.Nodes;
using Connections.Execution;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Testbeds;

namespace Connections.Harness.Commands;

/// <summary><c>connections ping</c>: which connections of which devices work.</summary>
internal sealed class PingCommand
{
    private const string Description = """
        Connects to every connection of every device of a testbed, one session each, and says what works: a line for each connection, with what the device said and how
        long it took from nothing to that, or with the error. Commands are not run; a pool is not filled.
          connections ping -t lab.yaml
          connections ping -t lab.yaml --type router -a cli --timeout 5
        """;

    private const double DefaultTimeout = 60;

    private readonly Option<string> _testbed = Options.Testbed();
    private readonly FilterOptions _devices = new();
    private readonly Option<string?> _alias = new("--alias", "-a") { Description = "Only this connection of each device; all if left out.", HelpName = "ALIAS" };
    private readonly Option<int?> _parallel = Options.Number("--parallel", "How many connections are tried at once; all if left out.", 1, 1_000_000);
    private readonly Option<double?> _timeout = Options.Seconds("--timeout", "How long a connection may take, the wait for others to let go of the device included; 60 if left out.");
    private readonly Option<bool> _json = Options.Json();

    internal static Command Create()
    {
        var ping = new PingCommand();
        ping._testbed.Required = true;
        var command = new Command("ping", Description) { ping._testbed };
        foreach (var option in ping._devices.All.Concat([ping._alias, ping._parallel, ping._timeout, ping._json]))
        {
            command.Options.Add(option);
        }

        command.SetAction(ping.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var testbed = await Testbed.LoadAsync(parsed.GetRequiredValue(_testbed), cancellationToken);
        await using var selection = await Selection.OpenAsync(testbed, _devices.Read(parsed));
        var targets = TargetsOf(selection, parsed.GetValue(_alias));
        var limits = new ParallelCallOptions
        {
            MaxParallelism = parsed.GetValue(_parallel) ?? int.MaxValue,
            ItemTimeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout) ?? DefaultTimeout),
        };
        var results = await ParallelCall.RunAsync(
            targets,
            static async (target, token) => await ConnectionProbe.AskAsync(target.Device, target.Alias, token),
            limits,
            deviceOf: static target => target.Device.Name,
            cancellationToken: cancellationToken);
        return Show(results, parsed.GetValue(_json));
    }

    private static List<Target> TargetsOf(Selection selection, string? alias)
    {
        if (alias is not null)
        {
            return [.. selection.Members.Select(device =>
            {
                ConnectionChoice.Require(device.Settings, alias);
                return new Target(device, alias);
            })];
        }

        var targets = selection.Members.SelectMany(static device => device.Settings.Connections.Keys.Select(one => new Target(device, one))).ToList();
        return targets.Count > 0 ? targets : throw new UsageException("The devices have no connections, so that there is nothing to try.");
    }

    private static int Show(IReadOnlyList<CallResult<Target, ProbeAnswer>> results, bool isJson)
    {
        var names = results.Max(static result => result.Input.Device.Name.Length);
        var aliases = results.Max(static result => result.Input.Alias.Length);
        foreach (var result in results)
        {
            var (device, alias) = result.Input;
            if (isJson)
            {
                Output.Json(JsonOf(result));
            }
            else
            {
                Output.Line($"{device.Name.PadRight(names)}  {alias.PadRight(aliases)}  {TextOf(result)}");
            }

            if (!result.IsSuccess)
            {
                Output.Error($"{device.Name}/{alias}", Failure.Explain(result.Error));
            }
        }

        return results.All(static result => result.IsSuccess) ? ExitCode.Success : ExitCode.DeviceFailed;
    }

    private static string TextOf(CallResult<Target, ProbeAnswer> result) => result.IsSuccess
        ? $"ok      {ValueText.Of(result.Value.Took),10}  {ValueText.Harmless(result.Value.Said)}"
        : $"failed  {ValueText.Of(result.Duration),10}  {Failure.TypeOf(result.Error)}";

    private static JsonObject JsonOf(CallResult<Target, ProbeAnswer> result)
    {
        var record = new JsonObject
        {
            ["kind"] = "ping",
            ["device"] = result.Input.Device.Name,
            ["alias"] = result.Input.Alias,
            ["ok"] = result.IsSuccess,
            ["tookMs"] = Math.Round(result.Duration.TotalMilliseconds, 3),
        };
        if (result.IsSuccess)
        {
            record["said"] = result.Value.Said;
        }
        else
        {
            JsonText.AddError(record, result.Error);
        }

        return record;
    }

    private readonly record struct Target(Device Device, string Alias)
    {
        public override string ToString() => $"{Device.Name}/{Alias}";
    }
}
