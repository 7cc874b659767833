using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Connections.Harness.Commands;

namespace Connections.Harness;

/// <summary>The <c>connections</c> command: what it understands, and how a run of it ends.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command and returns its exit code.</summary>
    internal static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption();
        try
        {
            var mibs = MibsOption.Create();
            var parsed = CreateRoot(mibs).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction)
            {
                return RefuseSyntax(parsed);
            }

            await MibsOption.LoadAsync(parsed, mibs, interruption.Token);
            return await InvokeAsync(parsed, interruption.Token);
        }
        catch (Exception) when (interruption.Came(out var signal))
        {
            // Whatever failed, failed because everything was being closed.
            await Console.Error.WriteLineAsync("connections: interrupted");
            return ExitCode.OfSignal(signal);
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync($"connections: {Failure.Explain(error)}");
            return Failure.ExitCodeOf(error);
        }
    }

    // No RootCommand, which would call itself after the assembly.
    private static Command CreateRoot(Option<string[]> mibs)
    {
        var root = CreateCommands(mibs);
        root.Add(CompletionCommand.CreateAsking(root));
        return root;
    }

    private static Command CreateCommands(Option<string[]> mibs) => new("connections", "Shares, queries and simulates the management connections of lab devices.")
    {
        new HelpOption(),
        new VersionOption(),
        mibs,
        DemoCommand.Create(),
        ExecCommand.Create(),
        PingCommand.Create(),
        ShellCommand.Create(),
        GetCommand.Create(),
        WalkCommand.Create(),
        SetCommand.Create(),
        TableCommand.Create(),
        AgentCommand.Create(),
        RecordCommand.Create(),
        CollectCommand.Create(),
        ParseCommand.Create(),
        LocksCommand.Create(),
        WatchCommand.Create(),
        ServeCommand.Create(),
        ServeProcess.Create(),
        TrapsCommand.Create(),
        NotifyCommand.Create(),
        MibCommand.Create(),
        CompletionCommand.Create(),
    };

    private static Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken) => parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellationToken);

    private static int RefuseSyntax(ParseResult parsed)
    {
        var problems = string.Join(' ', parsed.Errors.Select(error => error.Message));
        var path = new Stack<string>();
        for (SymbolResult? symbol = parsed.CommandResult; symbol is CommandResult command; symbol = symbol.Parent)
        {
            path.Push(command.Command.Name);
        }

        throw new UsageException($"{problems} See '{string.Join(' ', path)} --help'.");
    }
}
