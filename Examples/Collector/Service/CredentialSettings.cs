using Connections.Snmp;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Collector.Service;

/// <summary>How devices are spoken to, by a community or in the name of a user. Secrets come from the environment or from a file that only the collector reads.</summary>
internal sealed record CredentialSettings
{
    public SnmpVersion Version { get; init; } = SnmpVersion.V2c;

    public string Community { get; init; } = "public";

    public string? User { get; init; }

    public AuthenticationProtocol Authentication { get; init; }

    public string? AuthenticationPassword { get; init; }

    public PrivacyProtocol Privacy { get; init; }

    public string? PrivacyPassword { get; init; }

    public string Context { get; init; } = "";

    /// <summary>How long the first attempt waits.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a request is sent again.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How large replies to walks are to be at most, in octets.</summary>
    public int MaxReplySize { get; init; } = 1_400;

    internal SnmpOptions ToOptions() => new()
    {
        Version = Version,
        Community = new Secret(Community),
        User = User is null ? null : new SnmpUser(User)
        {
            Authentication = Authentication,
            AuthenticationKey = AuthenticationPassword is { } password ? UsmKey.Password(password) : null,
            Privacy = Privacy,
            PrivacyKey = PrivacyPassword is { } secret ? UsmKey.Password(secret) : null,
            ContextName = Context,
        },
        Timeout = Timeout,
        Retries = Retries,
        MaxReplySize = MaxReplySize,
    };
}
