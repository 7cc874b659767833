using System.CommandLine;
using Connections.Harness.Labs;

namespace Connections.Harness.Commands;

/// <summary>The options that name a user of SNMPv3. Passwords are no options, since anyone on the machine can read a command line.</summary>
internal sealed class UserOptions
{
    private const string AuthenticationVariable = "CONNECTIONS_AUTH_PASSWORD";
    private const string PrivacyVariable = "CONNECTIONS_PRIV_PASSWORD";

    private readonly Option<string?> _user = new("--user", "-u") { Description = "A user of SNMPv3.", HelpName = "NAME" };
    private readonly Option<string?> _authentication = new("--auth") { Description = "How the user's messages are signed; not at all if left out." };
    private readonly Option<string?> _privacy = new("--priv") { Description = "How the user's messages are encrypted; not at all if left out." };
    private readonly Option<string?> _passwords = new("--password-file")
    {
        Description = "A file with the password for --auth in its first line, and that for --priv in its second. If left out, they are taken from the environment variables "
            + $"{AuthenticationVariable} and {PrivacyVariable}; they are never options, since other users of this machine could read those.",
        HelpName = "FILE",
    };

    internal UserOptions()
    {
        _authentication.AcceptOnlyFromAmong([.. UserProtocols.Authentication.Keys]);
        _privacy.AcceptOnlyFromAmong([.. UserProtocols.Privacy.Keys]);
    }

    internal IReadOnlyList<Option> All => [_user, _authentication, _privacy, _passwords];

    /// <summary>The user that is named, or null where none is.</summary>
    /// <exception cref="UsageException">A password is missing, its file cannot be read, or an option makes no sense without another.</exception>
    internal UserCredentials? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_user) is not { } name)
        {
            var needless = All.FirstOrDefault(option => parsed.GetResult(option) is not null);
            return needless is null ? null : throw new UsageException($"{needless.Name} is for a user of SNMPv3: add --user NAME.");
        }

        var authentication = parsed.GetValue(_authentication);
        var privacy = parsed.GetValue(_privacy);
        if (privacy is not null && authentication is null)
        {
            throw new UsageException("--priv needs --auth: SNMPv3 has no privacy without authentication.");
        }

        var passwords = PasswordsOf(parsed.GetValue(_passwords));
        return new UserCredentials(name)
        {
            Authentication = authentication,
            AuthenticationPassword = authentication is null ? null : Require(passwords.Authentication, "--auth", AuthenticationVariable, "first"),
            Privacy = privacy,
            PrivacyPassword = privacy is null ? null : Require(passwords.Privacy, "--priv", PrivacyVariable, "second"),
        };
    }

    private static (string? Authentication, string? Privacy) PasswordsOf(string? path)
    {
        if (path is null)
        {
            return (Environment.GetEnvironmentVariable(AuthenticationVariable), Environment.GetEnvironmentVariable(PrivacyVariable));
        }

        try
        {
            var lines = File.ReadLines(path).Take(2).ToArray();
            return (lines.ElementAtOrDefault(0), lines.ElementAtOrDefault(1));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The passwords '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static Secret Require(string? password, string option, string variable, string line) => string.IsNullOrEmpty(password)
        ? throw new UsageException($"{option} needs a password: set {variable}, or write it in the {line} line of --password-file.")
        : new Secret(password);
}
