using System.Text;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// A user of SNMPv3's User-based Security Model (RFC 3414): name, protocols, secrets, and the context that is asked. Immutable, compared by
/// value, thread-safe; its text form shows no secret.
/// </summary>
/// <example><code>
/// new SnmpUser("admin")
/// {
///     Authentication = AuthenticationProtocol.Sha256, AuthenticationKey = UsmKey.Password("maplesyrup"),
///     Privacy = PrivacyProtocol.Aes128, PrivacyKey = UsmKey.Password("pancakes"),
/// }
/// </code></example>
public sealed record SnmpUser
{
    private const int LongestName = 32;
    private const int LongestContext = 255;

    /// <summary>Makes a user who neither signs nor encrypts.</summary>
    /// <param name="name">1 to 32 octets of UTF-8.</param>
    /// <exception cref="ArgumentNullException">The name is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public SnmpUser(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            throw new ArgumentException($"The name of a user has at most {LongestName} octets.", nameof(name));
        }

        Name = name;
    }

    /// <summary>The user's name.</summary>
    public string Name { get; }

    /// <summary>How messages are signed.</summary>
    public AuthenticationProtocol Authentication { get; init; }

    /// <summary>The secret that messages are signed with.</summary>
    public UsmKey? AuthenticationKey { get; init; }

    /// <summary>How messages are encrypted.</summary>
    public PrivacyProtocol Privacy { get; init; }

    /// <summary>The secret that messages are encrypted with.</summary>
    public UsmKey? PrivacyKey { get; init; }

    /// <summary>The context that is asked (RFC 3411 section 3.3.1), at most 255 octets of UTF-8; empty by default.</summary>
    public string ContextName { get; init; } = "";

    /// <summary>The engine whose context is asked, where a proxy stands between; by default the one that answers.</summary>
    public SnmpEngineId ContextEngineId { get; init; }

    /// <summary>The agent's engine ID, where it is known beforehand; by default it is discovered. A device that names another one is refused.</summary>
    public SnmpEngineId EngineId { get; init; }

    /// <summary>How well messages are protected: what the protocols give.</summary>
    public SecurityLevel Level => (Authentication, Privacy) switch
    {
        (AuthenticationProtocol.None, _) => SecurityLevel.NoAuthNoPriv,
        (_, PrivacyProtocol.None) => SecurityLevel.AuthNoPriv,
        _ => SecurityLevel.AuthPriv,
    };

    /// <summary>Checks that protocols and secrets fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message says what is missing or too much, and never shows a secret.</exception>
    public void Validate()
    {
        ThrowUnless(Enum.IsDefined(Authentication), nameof(Authentication), "is no authentication protocol that is supported");
        ThrowUnless(Enum.IsDefined(Privacy), nameof(Privacy), "is no privacy protocol that is supported");
        ThrowUnless(
            Privacy == PrivacyProtocol.None || Authentication != AuthenticationProtocol.None, nameof(Privacy),
            "needs authentication: SNMPv3 has no encryption without it (RFC 3411 section 3.4.3)");
        CheckPair(Authentication != AuthenticationProtocol.None, AuthenticationKey, nameof(Authentication), nameof(AuthenticationKey));
        CheckPair(Privacy != PrivacyProtocol.None, PrivacyKey, nameof(Privacy), nameof(PrivacyKey));
        ThrowUnless(
            ContextName is not null && Encoding.UTF8.GetByteCount(ContextName) <= LongestContext, nameof(ContextName),
            $"must have at most {LongestContext} octets");
        if (AuthenticationKey is not null)
        {
            UsmKeyRules.CheckAuthenticationKey(AuthenticationKey, Authentication);
        }

        if (PrivacyKey is not null)
        {
            UsmKeyRules.CheckPrivacyKey(PrivacyKey, Authentication, Privacy);
        }
    }

    /// <summary>Name, level and protocols; no secret.</summary>
    public override string ToString() => Level switch
    {
        SecurityLevel.NoAuthNoPriv => $"{Name} (noAuthNoPriv)",
        SecurityLevel.AuthNoPriv => $"{Name} (authNoPriv, {Authentication})",
        _ => $"{Name} (authPriv, {Authentication}, {Privacy})",
    };

    private void CheckPair(bool isUsed, UsmKey? key, string protocol, string name)
    {
        ThrowUnless(!isUsed || key is not null, name, $"is missing, and {protocol} needs it");
        ThrowUnless(isUsed || key is null, name, $"is given, but {protocol} is None");
    }

    private void ThrowUnless(bool condition, string property, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"User '{Name}' of SNMPv3: {property} {problem}.", property);
        }
    }
}
