using Connections.Snmp.Protocol.Usm;

namespace Connections.Harness.Labs;

/// <summary>A user of SNMPv3 in words: name, protocols as <see cref="UserProtocols"/> calls them, and passwords.</summary>
internal sealed record UserCredentials(string Name)
{
    internal string? Authentication { get; init; }

    internal Secret? AuthenticationPassword { get; init; }

    internal string? Privacy { get; init; }

    internal Secret? PrivacyPassword { get; init; }

    /// <summary>The user of a simulated device.</summary>
    /// <exception cref="UsageException">A protocol is unknown, or a password is not allowed.</exception>
    internal SnmpUser ToUser()
    {
        try
        {
            var user = new SnmpUser(Name)
            {
                Authentication = Find(UserProtocols.Authentication, Authentication),
                AuthenticationKey = AuthenticationPassword is { } password ? UsmKey.Password(password) : null,
                Privacy = Find(UserProtocols.Privacy, Privacy),
                PrivacyKey = PrivacyPassword is { } secret ? UsmKey.Password(secret) : null,
            };
            user.Validate();
            return user;
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"The user '{Name}' cannot be: {error.Message}", error);
        }
    }

    private static T Find<T>(IReadOnlyDictionary<string, T> protocols, string? name)
        where T : struct
    {
        if (name is null)
        {
            return default;
        }

        return protocols.TryGetValue(name, out var protocol)
            ? protocol
            : throw new UsageException($"'{name}' is no protocol of SNMPv3; write one of {string.Join(", ", protocols.Keys)}.");
    }
}
