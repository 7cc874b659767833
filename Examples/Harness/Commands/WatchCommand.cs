using System.CommandLine;
using Connections.Harness.Rendering;
using Connections.Harness.Sharing;
using Connections.Harness.Watching;
using Connections.Native.Sync;
using Spectre.Console;

namespace Connections.Harness.Commands;

/// <summary><c>connections watch</c>: what the processes of this user on this machine are doing with their devices.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const string Description = """
        Shows what the connections commands of this user on this machine are doing, anew each second until Ctrl-C: the devices, pools and locks of each process that runs a
        testbed, who waits for them, and how many requests, waits and timeouts there are in a second.

        Nothing is measured in a process that nobody watches.
        """;

    internal static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Look for one second, print what is seen, and end; so too where the output is no terminal." };
        var json = Options.Json();
        var command = new Command("watch", Description) { once, json };
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(once), new Output(parsed.GetValue(json)), token));
        return command;
    }

    private static async Task<int> RunAsync(bool isOnce, Output output, CancellationToken cancellationToken)
    {
        using var watch = new ProcessWatch();
        using var second = new PeriodicTimer(Interval);
        if (isOnce || (Console.IsOutputRedirected && !output.IsJson))
        {
            // Rates need two looks.
            await watch.LookAsync(cancellationToken);
            await second.WaitForNextTickAsync(cancellationToken);
            Print(await watch.LookAsync(cancellationToken), Locks(), output);
            return ExitCode.Success;
        }

        await (output.IsJson ? PrintAsync(watch, second, output, cancellationToken) : ShowAsync(watch, second, output, cancellationToken));
        return ExitCode.Success;
    }

    private static async Task PrintAsync(ProcessWatch watch, PeriodicTimer second, Output output, CancellationToken cancellationToken)
    {
        do
        {
            Print(await watch.LookAsync(cancellationToken), Locks(), output);
        }
        while (await second.WaitForNextTickAsync(cancellationToken));
    }

    private static Task ShowAsync(ProcessWatch watch, PeriodicTimer second, Output output, CancellationToken cancellationToken) =>
        output.Screen.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Ellipsis).StartAsync(async screen =>
        {
            do
            {
                var processes = await watch.LookAsync(cancellationToken);
                screen.UpdateTarget(new Rows(WatchText.TablesOf(processes, Locks())));
            }
            while (await second.WaitForNextTickAsync(cancellationToken));
        });

    private static void Print(IReadOnlyList<ProcessView> processes, List<SharedLock> locks, Output output)
    {
        if (output.IsJson)
        {
            processes.Select(WatchText.JsonOf).Concat(locks.Select(WatchText.JsonOf)).ToList().ForEach(Output.Json);
        }
        else if (processes.Count + locks.Count == 0)
        {
            Output.Remark("Nothing to watch: no process of this user runs a testbed, and none has a lock.");
        }
        else
        {
            output.Screen.Write(new Rows(WatchText.TablesOf(processes, locks)));
        }
    }

    // What the dead have left is for 'connections locks' to tell.
    private static List<SharedLock> Locks() =>
        [.. HybridLock.Holders().Select(SharedLock.Of).Where(static found => found.Owner is { IsAlive: true } || found.Waiters.Count > 0)];
}
