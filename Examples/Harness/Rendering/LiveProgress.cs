using Connections.Harness.Labs;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>How far commands are while they run; on a terminal only, and gone when they have ended.</summary>
internal static class LiveProgress
{
    private const int BarWidth = 40;

    /// <summary>Shows a bar for each device, for a few.</summary>
    internal static async Task<T> ShowAsync<T>(IReadOnlyList<DeviceWork> work, Func<Action<DeviceCommand>?, Task<T>> body)
    {
        if (Console.IsErrorRedirected)
        {
            return await body(null);
        }

        return await BarsOn(ErrorConsole()).StartAsync(context =>
        {
            var bars = work.ToDictionary(static device => device.Device, device => context.AddTask(Markup.Escape(device.Name), maxValue: device.Commands.Count));
            return body(command => bars[command.Device.Device].Increment(1));
        });
    }

    /// <summary>Shows one bar for all devices, and above it a line for each that has ended.</summary>
    internal static async Task<T> ShowEndsAsync<T>(int devices, Func<Action<DeviceReport>?, Task<T>> body)
    {
        if (Console.IsErrorRedirected)
        {
            return await body(null);
        }

        var console = ErrorConsole();
        return await BarsOn(console).StartAsync(context =>
        {
            var bar = context.AddTask("devices", maxValue: devices);
            return body(report =>
            {
                console.MarkupLine(report.HasFailed ? $"[red]failed[/] {Markup.Escape(report.Name)}" : $"[green]done[/]   {Markup.Escape(report.Name)}");
                bar.Increment(1);
            });
        });
    }

    private static IAnsiConsole ErrorConsole() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    private static Progress BarsOn(IAnsiConsole console) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn());
}
