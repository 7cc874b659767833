using System.Globalization;
using Connections.Snmp.Collection;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>How far a collection is, while it runs; on a terminal only, and gone when it has ended.</summary>
internal static class LiveCollection
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    internal static async Task ShowAsync(string title, long? total, Func<CollectProgress> progress, Func<Task> body)
    {
        if (Console.IsErrorRedirected)
        {
            await body();
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Status().StartAsync(Markup.Escape(title), async context =>
        {
            await using var timer = TimeProvider.System.CreateTimer(
                _ => context.Status(Markup.Escape($"{title}: {Text(progress(), total)}")), state: null, Interval, Interval);
            await body();
        });
    }

    private static string Text(CollectProgress now, long? total)
    {
        var ended = now.Succeeded + now.DoneWithErrors + now.Failed;
        var of = total is { } known ? string.Create(CultureInfo.InvariantCulture, $" of {known}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{ended}{of} requests, {now.Failed} failed, {now.Records} records");
    }
}
