using System.CommandLine;
using System.Text.Json.Nodes;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Pooling;
using Spectre.Console;

namespace Connections.Harness.Commands;

/// <summary><c>connections demo</c>: a simulated lab in this process, and what pools do with it.</summary>
internal static class DemoCommand
{
    private const string Description = """
        Shows a lab of eight simulated devices in this process: a pool of five workers on each, of SNMP or of a command line, commands on all of
        them in parallel, and a request that times out on a busy pool. Needs no network and no device.
        """;

    internal static Command Create()
    {
        var json = Options.Json();
        var command = new Command("demo", Description) { json };
        command.SetAction((parsed, token) => RunAsync(new Output(parsed.GetValue(json)), token));
        return command;
    }

    private static async Task<int> RunAsync(Output output, CancellationToken cancellationToken)
    {
        await using var selection = await Selection.OpenAsync(DemoLab.LoadTestbed(), DeviceFilter.All);
        var work = new WorkPlan(selection, DemoLab.Commands, new ConnectOptions(), trace: null).Create();
        var reports = await LiveProgress.ShowAsync(work, ended => new CommandRun(work, new RunOptions()) { CommandEnded = ended }.RunAsync(cancellationToken));
        var pools = reports.Select(report => (report, StatisticsOf(ConnectionOf(report)))).ToList();
        ShowResults(reports, pools, output);

        var (first, pool) = pools[0];
        var error = await DemoLab.OverloadAsync(ConnectionOf(first), pool.Size, cancellationToken);
        ShowOverload(ConnectionOf(first), pool.Size, error, output);
        return Output.Errors(reports);
    }

    // Each device of the demo has one.
    private static LabDevice ConnectionOf(DeviceReport report) => report.Work.Commands[0].Device;

    private static PoolStatistics StatisticsOf(LabDevice device) => device.Device.Connections.GetPool(device.Alias).Statistics;

    private static void ShowResults(
        IReadOnlyList<DeviceReport> reports, IReadOnlyList<(DeviceReport Report, PoolStatistics Pool)> pools, Output output)
    {
        if (output.IsJson)
        {
            reports.SelectMany(report => report.Results).Select(JsonText.Of).ToList().ForEach(Output.Json);
            pools.Select(pool => JsonText.Of(pool.Report, pool.Pool)).ToList().ForEach(Output.Json);
            return;
        }

        foreach (var report in reports)
        {
            output.Screen.Write(ResultTable.Create(report));
            output.Screen.WriteLine();
        }

        output.Screen.Write(PoolTable.Create(pools));
        output.Screen.WriteLine();
    }

    private static void ShowOverload(LabDevice device, int workers, Exception? error, Output output)
    {
        var message = error is null ? "it was served" : Failure.Explain(error);
        if (output.IsJson)
        {
            Output.Json(new JsonObject { ["kind"] = "timeout", ["device"] = device.Name, ["error"] = message });
            return;
        }

        output.Screen.Write(new Text(
            $"All {workers} workers of {device.Name} are held, and one request more waits for {DemoLab.Patience.TotalMilliseconds:0} ms:\n",
            Style.Plain.Decoration(Decoration.Bold)));
        output.Screen.Write(new Padder(new Text(message)).Padding(2, 0, 0, 0));
        output.Screen.WriteLine();
    }
}
