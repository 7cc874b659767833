using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Connections.Terminal;

/// <summary>Answers what a device asks until it shows a prompt, learns that prompt, and sets the session up.</summary>
/// <param name="channel">The way to the device.</param>
/// <param name="arguments">Who logs in where.</param>
internal sealed class TerminalLogin(TerminalChannel channel, TerminalArguments arguments)
{
    private const int LongestQuestion = 1024;

    private static readonly Regex UserQuestion = NewRegex(@"^(?:\S+ )?(?:user ?name|login|login as|user) ?: ?$");
    private static readonly Regex PasswordQuestion = NewRegex(@"(?:password|passcode)(?: for [^:]{1,64})? ?: ?$");
    private static readonly Regex Refusal = NewRegex(
        @"^(?:% ?)?(?:login incorrect|(?:authentication|login) (?:failed|failure)|login invalid|access denied|permission denied|bad passwords?|password incorrect|invalid (?:login|password|username or password))[.!]*\r?$");

    private readonly TerminalPrompt _prompt = new(arguments.Platform, arguments.GivenPrompt);
    private bool _hasSentPassword;

    private enum Step
    {
        User,
        Password,
        Refused,
        Prompt,
    }

    /// <summary>Logs in; the channel is then at the prompt of a session that is ready for commands.</summary>
    /// <exception cref="LoginFailedException">The device does not let the user in, or asks for what was not given.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var shown = await LogInAsync(cancellationToken).ConfigureAwait(false);
        if (arguments.Platform.Enable is { } enable && arguments.EnableSecret is { } secret && shown.TrimEnd().EndsWith('>'))
        {
            shown = await EnableAsync(enable, secret, cancellationToken).ConfigureAwait(false);
        }

        channel.Prompt = _prompt.Learn(shown);
        foreach (var line in arguments.Platform.Setup)
        {
            await channel.SendAsync(_prompt.Fill(line), cancellationToken).ConfigureAwait(false);
            await channel.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }

        await channel.SendAsync("", cancellationToken).ConfigureAwait(false);
        await channel.ReceiveAsync(cancellationToken).ConfigureAwait(false);
    }

    // A banner may have a line that looks like a prompt. A prompt is what the device shows once for itself and once for each empty line.
    private async Task<string> LogInAsync(CancellationToken cancellationToken)
    {
        var (candidate, seen, sent) = ("", 0, 0);
        while (true)
        {
            var (step, line, output) = await NextAsync(cancellationToken).ConfigureAwait(false);
            if (step != Step.Prompt)
            {
                await AnswerAsync(step, output, cancellationToken).ConfigureAwait(false);
                (candidate, seen, sent) = ("", 0, 0);
                continue;
            }

            seen = (line == candidate ? seen : 0) + 1 + output.Split('\n').Count(other => other.TrimEnd('\r') == line);
            candidate = line;
            if (_prompt.IsGiven || (sent > 0 && seen > sent))
            {
                return line;
            }

            if (sent == 0)
            {
                sent = 1;
                await channel.AnswerAsync("", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<string> EnableAsync(string line, Secret secret, CancellationToken cancellationToken)
    {
        await channel.AnswerAsync(line, cancellationToken).ConfigureAwait(false);
        var (step, shown, _) = await NextAsync(cancellationToken).ConfigureAwait(false);
        if (step == Step.Password)
        {
            await channel.AnswerAsync(secret.Reveal(), cancellationToken).ConfigureAwait(false);
            (step, shown, _) = await NextAsync(cancellationToken).ConfigureAwait(false);
        }

        return step == Step.Prompt && shown.TrimEnd().EndsWith('#')
            ? shown
            : throw NewError($"does not enter its privileged mode by '{line}'; is the password of the credentials 'enable' right?");
    }

    private async Task AnswerAsync(Step step, string output, CancellationToken cancellationToken)
    {
        if (step == Step.Refused || _hasSentPassword)
        {
            throw NewError($"does not let {Who} in{Said(output)}. Check user and password; nothing more was tried.");
        }

        if (step == Step.User)
        {
            var user = arguments.User ?? throw NewError("asks for a user, and no credentials with a username are given for it.");
            await channel.AnswerAsync(user, cancellationToken).ConfigureAwait(false);
            return;
        }

        var password = arguments.Password ?? throw NewError($"asks for the password of {Who}, and none is given. Add it to the credentials.");
        _hasSentPassword = true;
        await channel.AnswerAsync(password.Reveal(), cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Step Step, string Line, string Output)> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await channel.FindAsync(Find, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException && _hasSentPassword)
        {
            throw NewError($"closed the session when it had the password of {Who}; is it right? {error.Message}", error);
        }
    }

    private (Step Step, string Line, string Output)? Find(TerminalText text)
    {
        var line = text.LastLine;
        Step? step = _hasSentPassword && Refusal.IsMatch(text.Tail(LongestQuestion)) ? Step.Refused
            : PasswordQuestion.IsMatch(line.Text) ? Step.Password
            : UserQuestion.IsMatch(line.Text) && !line.Text.StartsWith("last ", StringComparison.OrdinalIgnoreCase) ? Step.User
            : _prompt.First.IsMatch(line.Text) ? Step.Prompt
            : null;
        if (step is not { } found)
        {
            return null;
        }

        var shown = found == Step.Prompt ? _prompt.First.Match(line.Text).Value : line.Text;
        return (found, shown, text.TakeUpTo(found == Step.Refused ? text.Length : line.Start));
    }

    private string Who => arguments.User is { } user ? $"'{user}'" : "the user";

    private static string Said(string output) =>
        output.Split('\n', StringSplitOptions.TrimEntries).LastOrDefault(static line => Refusal.IsMatch(line)) is { } refusal ? $": '{refusal}'" : "";

    private LoginFailedException NewError(string what, Exception? inner = null) => new($"The {arguments.Label} {what}", inner)
    {
        Alias = arguments.Options.Alias,
        Device = arguments.Options.Device,
        User = arguments.User,
    };

    private static Regex NewRegex(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Multiline);
}
