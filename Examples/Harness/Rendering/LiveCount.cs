using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>A count that grows while something runs; on a terminal only, and gone when it has ended.</summary>
internal static class LiveCount
{
    private const int Step = 100;

    internal static async Task<T> ShowAsync<T>(string title, Func<IProgress<long>?, Task<T>> body)
    {
        if (Console.IsErrorRedirected)
        {
            return await body(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Status().StartAsync(Markup.Escape(title), context => body(new Count(title, context)));
    }

    private sealed class Count(string title, StatusContext context) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value % Step == 0)
            {
                context.Status(Markup.Escape($"{title}: {value} variables"));
            }
        }
    }
}
