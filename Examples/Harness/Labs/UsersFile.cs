using Connections.Snmp.Agent;

namespace Connections.Harness.Labs;

/// <summary>
/// Reads users of simulated devices, one a line: <c>NAME [AUTH PASSWORD [PRIV PASSWORD]] [ro]</c>. Blank lines, and those that begin with <c>#</c>, are passed over.
/// </summary>
internal static class UsersFile
{
    private const string Form = "NAME [AUTH PASSWORD [PRIV PASSWORD]] [ro]";
    private const string ReadOnly = "ro";

    /// <exception cref="UsageException">The file cannot be read, or a line is no user; the message names file and line, and no password.</exception>
    internal static IReadOnlyList<SimulatedUser> Read(string path)
    {
        try
        {
            return [.. File.ReadLines(path)
                .Select((line, index) => (Words: line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), Number: index + 1))
                .Where(line => line.Words is [var first, ..] && first[0] != '#')
                .Select(line => Parse(line.Words, $"{path}:{line.Number}"))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The users '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static SimulatedUser Parse(string[] words, string place)
    {
        var mayWrite = words[^1] != ReadOnly;
        var credentials = (mayWrite ? words : words[..^1]) switch
        {
            [var name] => new UserCredentials(name),
            [var name, var authentication, var password] => Signed(name, authentication, password),
            [var name, var authentication, var password, var privacy, var secret] =>
                Signed(name, authentication, password) with { Privacy = privacy, PrivacyPassword = new Secret(secret) },
            _ => throw new UsageException($"{place}: this is no user of the form {Form}."),
        };
        try
        {
            var user = new SimulatedUser(credentials.ToUser());
            return mayWrite ? user : user with { WriteLevel = null };
        }
        catch (UsageException error)
        {
            throw new UsageException($"{place}: {error.Message}", error);
        }
    }

    private static UserCredentials Signed(string name, string authentication, string password) =>
        new(name) { Authentication = authentication, AuthenticationPassword = new Secret(password) };
}
