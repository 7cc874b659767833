using Connections.Execution;
using Connections.Harness.Labs;
using Spectre.Console;
using Progress = System.IProgress<Connections.Execution.CallProgress<Connections.Harness.Labs.DeviceCommand, Connections.Harness.Labs.CommandOutcome>>;

namespace Connections.Harness.Rendering;

/// <summary>A bar for each device while commands run; on a terminal only, and gone when they have ended.</summary>
internal static class LiveProgress
{
    private const int BarWidth = 40;

    internal static async Task<T> ShowAsync<T>(IReadOnlyList<LabDevice> devices, int commandsPerDevice, Func<Progress?, Task<T>> body)
    {
        if (Console.IsErrorRedirected)
        {
            return await body(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn())
            .StartAsync(context => body(new Bars(devices.ToDictionary(
                device => device,
                device => context.AddTask(Markup.Escape(device.Name), maxValue: commandsPerDevice)))));
    }

    private sealed class Bars(Dictionary<LabDevice, ProgressTask> tasks) : Progress
    {
        public void Report(CallProgress<DeviceCommand, CommandOutcome> value) => tasks[value.Latest.Input.Device].Increment(1);
    }
}
