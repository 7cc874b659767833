using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Snmp.Agent;

namespace Connections.Harness.Commands;

/// <summary>How simulated devices speak SNMPv3: their users and contexts.</summary>
internal sealed class SecurityOptions
{
    private readonly UserOptions _user = new();
    private readonly Option<string?> _users = new("--users")
    {
        Description = "A file of further users, one a line: NAME [AUTH PASSWORD [PRIV PASSWORD]] [ro]; ro is for one who may only read.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _contexts = new("--context")
    {
        Description = "A context of SNMPv3, and the recording that its users see; may be given several times.",
        HelpName = "NAME=FILE",
    };

    private readonly Option<bool> _only = new("--v3-only") { Description = "Answer SNMPv3 alone." };

    internal IReadOnlyList<Option> All => [.. _user.All, _users, _contexts, _only];

    /// <exception cref="UsageException">A user or a context cannot be; the message says why.</exception>
    internal SimulatedDeviceOptions Apply(ParseResult parsed, SimulatedDeviceOptions options)
    {
        var users = UsersOf(parsed);
        var contexts = ContextsOf(parsed);
        var isOnly = parsed.GetValue(_only);
        if (users.Count == 0 && (isOnly || contexts.Count > 0))
        {
            throw new UsageException($"{(isOnly ? _only.Name : _contexts.Name)} is for users of SNMPv3: add --user NAME, or --users FILE.");
        }

        return options with { Users = users, Contexts = contexts, SpeaksV1 = !isOnly, SpeaksV2c = !isOnly };
    }

    private List<SimulatedUser> UsersOf(ParseResult parsed)
    {
        List<SimulatedUser> users = parsed.GetValue(_users) is { } path ? [.. UsersFile.Read(path)] : [];
        if (_user.Read(parsed) is { } user)
        {
            users.Add(user.ToUser());
        }

        var twice = users.GroupBy(known => known.User.Name).FirstOrDefault(named => named.Count() > 1)?.Key;
        return twice is null ? users : throw new UsageException($"The user '{twice}' is given twice.");
    }

    private Dictionary<string, MibData> ContextsOf(ParseResult parsed)
    {
        var contexts = new Dictionary<string, MibData>();
        foreach (var word in parsed.GetValue(_contexts) ?? [])
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !contexts.TryAdd(word[..equals], SimulatedFleet.LoadRecording(word[(equals + 1)..])))
            {
                throw new UsageException($"'{word}' is not valid for --context; expected NAME=FILE, each name once.");
            }
        }

        return contexts;
    }
}
