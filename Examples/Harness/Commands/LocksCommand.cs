using System.CommandLine;
using Connections.Harness.Rendering;
using Connections.Harness.Sharing;
using Connections.Native.Sync;
using Connections.Pooling;
using Connections.Testbeds;

namespace Connections.Harness.Commands;

/// <summary><c>connections locks</c>: who has which lock that processes share; and taking one away.</summary>
internal static class LocksCommand
{
    private const string Description = """
        Shows the locks by which processes of this user on this machine take turns: which process has which, since when, and which wait for it. With a testbed
        also those that its servers keep, for the connections that say 'shared: postgres://...'.

        A process that dies loses what it holds by itself. With --break a lock is taken from a process that lives, for whoever wants it
        next; do so only when you know that the process does nothing any more with what the lock guards. It learns it at its next step.

          connections locks -t lab.yaml
          connections locks -t lab.yaml --break edge1/cli
        """;

    internal static Command Create()
    {
        var testbed = Options.Testbed();
        var lockToBreak = new Option<string>("--break") { Description = "Take this lock from the process that has it.", HelpName = "NAME" };
        var json = Options.Json();
        var command = new Command("locks", Description) { testbed, lockToBreak, json };
        command.SetAction(async (parsed, token) =>
        {
            var output = new Output(parsed.GetValue(json));
            var lab = parsed.GetValue(testbed) is { } path ? await Testbed.LoadAsync(path, token) : null;
            return parsed.GetValue(lockToBreak) is { } name ? await BreakAsync(name, lab, output, token) : await ShowAsync(lab, output, token);
        });
        return command;
    }

    private static async Task<int> ShowAsync(Testbed? testbed, Output output, CancellationToken cancellationToken)
    {
        var exitCode = ExitCode.Success;
        var locks = HybridLock.Holders().Select(SharedLock.Of).ToList();
        foreach (var (server, names) in testbed is null ? [] : LabSharing.ServersOf(testbed))
        {
            try
            {
                locks.AddRange(await PostgresLocks.ListAsync(server, names, cancellationToken));
            }
            catch (ConnectFailedException error)
            {
                Output.Error(server.Name, Failure.Explain(error));
                exitCode = ExitCode.DeviceFailed;
            }
        }

        Show(locks, output);
        return exitCode;
    }

    private static void Show(List<SharedLock> locks, Output output)
    {
        if (output.IsJson)
        {
            locks.ForEach(static found => Output.Json(LockText.JsonOf(found)));
        }
        else if (locks.Count == 0)
        {
            Output.Remark("Nobody has a lock, or waits for one.");
        }
        else
        {
            output.Screen.Write(LockText.TableOf(locks));
        }
    }

    private static async Task<int> BreakAsync(string name, Testbed? testbed, Output output, CancellationToken cancellationToken)
    {
        var server = testbed is null ? null : LabSharing.FindServer(testbed, name);
        var owner = server is null
            ? HybridLock.Break(name) is { } user ? LockUser.Of(user) : null
            : await PostgresLocks.BreakAsync(server, name, cancellationToken);
        if (output.IsJson)
        {
            Output.Json(LockText.JsonOf(name, owner));
        }
        else
        {
            Output.Line(owner is null ? $"Nobody had the lock '{name}'." : $"The lock '{name}' was taken from {owner.Who}.");
        }

        return ExitCode.Success;
    }
}
