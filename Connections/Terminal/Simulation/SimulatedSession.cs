using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Terminal.Simulation;

/// <summary>One session of a simulated terminal: login, prompts, commands, pages.</summary>
internal sealed class SimulatedSession(Socket socket, TerminalScript script, TerminalActivity activity, TimeProvider timeProvider)
{
    private const int MostRepeats = 10_000_000;
    private const int PieceLength = 32 * 1024;

    private static readonly Regex Placeholder = new(@"\{\{(\w+)\}\}", RegexOptions.NonBacktracking);

    private readonly SimulatedLine _line = new(socket);
    private readonly Dictionary<ScriptedCommand, int> _counts = new(ReferenceEqualityComparer.Instance);
    private ScriptedMode _mode = script.Base;
    private bool _hasPages = script.Paging is not null;

    /// <summary>Serves the session until the other side, or the script, ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        socket.NoDelay = true;
        await _line.WriteAsync(script.Banner.Length > 0 ? script.Banner + "\n" : "", cancellationToken).ConfigureAwait(false);
        if (script.Login is { } login && !await LogInAsync(login, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        do
        {
            await _line.WriteAsync(Fill(_mode.Prompt, Always), cancellationToken).ConfigureAwait(false);
        }
        while (await ServeAsync(cancellationToken).ConfigureAwait(false));
    }

    private IEnumerable<(string Name, string Value)> Always => [("name", script.Name), ("open", "{{")];

    private async Task<bool> LogInAsync(ScriptedLogin login, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < login.Attempts; attempt++)
        {
            var user = login.User is null ? null : await AskAsync(login.UserPrompt, isSecret: false, cancellationToken).ConfigureAwait(false);
            var password = await AskAsync(login.PasswordPrompt, isSecret: true, cancellationToken).ConfigureAwait(false);
            if (user == login.User && login.Password.Equals(new Secret(password)))
            {
                return true;
            }

            await _line.WriteAsync(login.Failure + "\n", cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<string> AskAsync(string question, bool isSecret, CancellationToken cancellationToken)
    {
        await _line.WriteAsync(question, cancellationToken).ConfigureAwait(false);
        var answer = await _line.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        await _line.WriteAsync(isSecret || !script.Echo ? "\n" : answer + "\n", cancellationToken).ConfigureAwait(false);
        return answer;
    }

    /// <returns>Whether the session goes on.</returns>
    private async Task<bool> ServeAsync(CancellationToken cancellationToken)
    {
        var line = await _line.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (script.Echo)
        {
            await _line.WriteAsync(line + "\n", cancellationToken).ConfigureAwait(false);
        }

        if (line.Length == 0)
        {
            return true;
        }

        using var running = activity.BeginCommand();
        if (line == script.Paging?.Off)
        {
            _hasPages = false;
        }

        return await AnswerAsync(line, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> AnswerAsync(string line, CancellationToken cancellationToken)
    {
        var (command, groups) = Find(line);
        await DelayAsync(script.Delay + (command?.Delay ?? TimeSpan.Zero), cancellationToken).ConfigureAwait(false);
        if (command is null)
        {
            var isUnderstood = line == script.Paging?.Off;
            await PrintAsync(isUnderstood ? "" : Fill(script.Unknown, [.. Always, ("command", line)]), 1, cancellationToken).ConfigureAwait(false);
            return true;
        }

        var count = _counts[command] = _counts.GetValueOrDefault(command) + 1;
        (string, string)[] values = [.. Always, ("command", line), ("count", count.ToString(CultureInfo.InvariantCulture)), .. groups];
        var output = command.Outputs.Count == 0 ? "" : Fill(command.Outputs[Math.Min(count, command.Outputs.Count) - 1], values);
        await PrintAsync(output, RepeatsOf(Fill(command.Repeat, values)), cancellationToken).ConfigureAwait(false);
        _mode = command.Mode switch
        {
            null => _mode,
            ScriptedCommand.BaseMode => script.Base,
            var mode => script.Modes[mode],
        };
        return !command.Closes;
    }

    private (ScriptedCommand? Command, IEnumerable<(string, string)> Groups) Find(string line)
    {
        foreach (var command in _mode.Commands)
        {
            if (command.Pattern is null && command.Line == line)
            {
                return (command, []);
            }
        }

        foreach (var command in _mode.Commands)
        {
            if (command.Pattern?.Match(line) is { Success: true } match)
            {
                return (command, match.Groups.Cast<Group>().Select(static group => (group.Name, group.Value)));
            }
        }

        return (null, []);
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, timeProvider, cancellationToken) : Task.CompletedTask;

    private async Task PrintAsync(string output, int repeats, CancellationToken cancellationToken)
    {
        if (output.Length == 0)
        {
            return;
        }

        var piece = new StringBuilder();
        var left = PageLength;
        foreach (var line in Enumerable.Repeat(output.Split('\n'), repeats).SelectMany(static lines => lines))
        {
            if (left-- == 0)
            {
                await FlushAsync(piece, cancellationToken).ConfigureAwait(false);
                left = PageLength - 1;
                if (!await IsNextPageWantedAsync(cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }

            piece.Append(line).Append('\n');
            if (piece.Length >= PieceLength)
            {
                await FlushAsync(piece, cancellationToken).ConfigureAwait(false);
            }
        }

        await FlushAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    private int PageLength => _hasPages ? script.Paging!.Lines : int.MaxValue;

    private async Task FlushAsync(StringBuilder piece, CancellationToken cancellationToken)
    {
        await _line.WriteAsync(piece.ToString(), cancellationToken).ConfigureAwait(false);
        piece.Clear();
    }

    private async Task<bool> IsNextPageWantedAsync(CancellationToken cancellationToken)
    {
        var prompt = script.Paging!.Prompt;
        await _line.WriteAsync(prompt, cancellationToken).ConfigureAwait(false);
        var key = await _line.ReadKeyAsync(cancellationToken).ConfigureAwait(false);
        var back = new string('\b', prompt.Length);
        await _line.WriteAsync(back + new string(' ', prompt.Length) + back, cancellationToken).ConfigureAwait(false);
        return key != 'q';
    }

    private static int RepeatsOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var repeats) ? Math.Min(repeats, MostRepeats) : 0;

    private static string Fill(string template, IEnumerable<(string Name, string Value)> values) => Placeholder.Replace(
        template,
        placeholder => values.FirstOrDefault(value => value.Name == placeholder.Groups[1].Value).Value ?? placeholder.Value);
}
