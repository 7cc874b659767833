using System.CommandLine;

namespace Connections.Harness.Commands;

/// <summary><c>connections completion</c>: the script by which a shell completes command lines, and what that asks the command for.</summary>
internal static class CompletionCommand
{
    private const string Asking = "complete";

    private const string Description = """
        Print the script by which a shell completes the command lines of connections.

        Examples:
          connections completion bash > ~/.local/share/bash-completion/completions/connections
          connections completion zsh >> ~/.zshrc
          connections completion fish > ~/.config/fish/completions/connections.fish
        """;

    // The shells' own names of files complete what nothing is known of.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = $$"""
            _connections() {
                local IFS=$'\n'
                COMPREPLY=($(connections {{Asking}} "$COMP_POINT" "$COMP_LINE" 2>/dev/null))
            }
            complete -o default -F _connections connections
            """,
        ["zsh"] = $$"""
            autoload -Uz compinit bashcompinit && compinit && bashcompinit
            _connections() {
                COMPREPLY=("${(@f)$(connections {{Asking}} "$COMP_POINT" "$COMP_LINE" 2>/dev/null)}")
            }
            complete -o default -F _connections connections
            """,
        ["fish"] = $$"""
            complete -c connections -a '(connections {{Asking}} (string length -- (commandline -cp)) (commandline -cp) 2>/dev/null)'
            """,
    };

    internal static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", Description) { shell };
        command.SetAction(parsed => Console.WriteLine(Scripts[parsed.GetRequiredValue(shell)]));
        return command;
    }

    /// <summary>What the scripts call.</summary>
    /// <param name="root">The command whose lines are completed.</param>
    internal static Command CreateAsking(Command root)
    {
        var position = new Argument<int>("POSITION") { Description = "Where the cursor stands in it." };
        var line = new Argument<string>("LINE") { Description = "The command line, with its command." };
        var command = new Command(Asking, "Print what may stand at a place in a command line; the scripts of 'completion' ask for it.") { position, line };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var text = parsed.GetRequiredValue(line);
            var at = Math.Clamp(parsed.GetRequiredValue(position), 0, text.Length);
            foreach (var completion in root.Parse(text).GetCompletions(at))
            {
                Console.WriteLine(completion.InsertText ?? completion.Label);
            }
        });
        return command;
    }
}
