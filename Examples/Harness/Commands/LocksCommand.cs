using System.CommandLine;
using Connections.Harness.Rendering;
using Connections.Native.Sync;

namespace Connections.Harness.Commands;

/// <summary><c>connections locks</c>: who has which machine-wide lock; and taking one away.</summary>
internal static class LocksCommand
{
    private const string Description = """
        Shows the machine-wide locks of this user: which process has which, since when, and which wait for it.

        A process that dies loses what it holds by itself. With --break a lock is taken from a process that lives, for whoever wants it
        next; do so only when you know that the process does nothing any more with what the lock guards. It learns it at its next step.
        """;

    internal static Command Create()
    {
        var lockToBreak = new Option<string>("--break") { Description = "Take this lock from the process that has it.", HelpName = "NAME" };
        var json = Options.Json();
        var command = new Command("locks", Description) { lockToBreak, json };
        command.SetAction(parsed =>
        {
            var output = new Output(parsed.GetValue(json));
            return parsed.GetValue(lockToBreak) is { } name ? Break(name, output) : Show(output);
        });
        return command;
    }

    private static int Show(Output output)
    {
        var locks = HybridLock.Holders();
        if (output.IsJson)
        {
            locks.Select(LockText.JsonOf).ToList().ForEach(Output.Json);
        }
        else if (locks.Count == 0)
        {
            Output.Remark("Nobody has a lock, or waits for one.");
        }
        else
        {
            output.Screen.Write(LockText.TableOf(locks));
        }

        return ExitCode.Success;
    }

    private static int Break(string name, Output output)
    {
        var owner = HybridLock.Break(name);
        if (output.IsJson)
        {
            Output.Json(LockText.JsonOf(name, owner));
        }
        else
        {
            Output.Line(owner is null ? $"Nobody had the lock '{name}'." : $"The lock '{name}' was taken from {owner}.");
        }

        return ExitCode.Success;
    }
}
