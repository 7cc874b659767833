using Connections.Pooling;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp;

// The user of SNMPv3. Names of protocols and levels are those of the Net-SNMP tools.
internal sealed partial class SnmpArguments
{
    private const string UserKey = "user";
    private const string LevelKey = "level";
    private const string AuthenticationKey = "auth";
    private const string PrivacyKey = "priv";
    private const string ContextKey = "context";
    private const string EngineIdText = "an engine ID: 1 to 64 octets in hexadecimal digits, such as 80001F8880E9630000D61FF449";

    private static string[] UserKeys =>
        [UserKey, LevelKey, AuthenticationKey, PrivacyKey, ContextKey, "context_engine_id", "engine_id"];

    private static readonly string[] SecretKeys =
    [
        "auth_password", "auth_key", "auth_master_key", "priv_password", "priv_key", "priv_master_key",
    ];

    /// <summary>The same settings without a user: what is left to know of SNMPv3 where another process has the secrets.</summary>
    internal static ConnectionSettings WithoutUser(ConnectionSettings settings)
    {
        var isSecured = settings.Arguments.TryGetValue("version", out var text) && TryReadVersion(text, out var version) && version == SnmpVersion.V3;
        return !isSecured ? settings : settings with
        {
            Arguments = settings.Arguments.Where(static argument => argument.Key != "version" && !UserKeys.Contains(argument.Key)).ToDictionary(StringComparer.Ordinal),
        };
    }

    private SnmpUser? User(SnmpVersion version)
    {
        if (version != SnmpVersion.V3)
        {
            var needless = Array.Find(UserKeys, settings.Arguments.ContainsKey);
            return needless is null ? null : throw Refused($"the argument {needless} belongs to SNMPv3; set version: 3, or leave it out");
        }

        var authentication = Read(AuthenticationKey, AuthenticationProtocol.None, TryReadAuthentication, "MD5, SHA, SHA-224, SHA-256, SHA-384 or SHA-512");
        var privacy = Read(PrivacyKey, PrivacyProtocol.None, TryReadPrivacy, "DES, AES, AES-192, AES-256, AES-192-C or AES-256-C");
        var level = Level(authentication, privacy);
        try
        {
            var user = new SnmpUser(UserName())
            {
                Authentication = level >= SecurityLevel.AuthNoPriv ? authentication : AuthenticationProtocol.None,
                AuthenticationKey = level >= SecurityLevel.AuthNoPriv ? Key(AuthenticationKey) : null,
                Privacy = level == SecurityLevel.AuthPriv ? privacy : PrivacyProtocol.None,
                PrivacyKey = level == SecurityLevel.AuthPriv ? Key(PrivacyKey) : null,
                ContextName = settings.Arguments.GetValueOrDefault(ContextKey, ""),
                ContextEngineId = Read<SnmpEngineId>("context_engine_id", default, SnmpEngineId.TryParse, EngineIdText),
                EngineId = Read<SnmpEngineId>("engine_id", default, SnmpEngineId.TryParse, EngineIdText),
            };
            user.Validate();
            return user;
        }
        catch (ArgumentException error)
        {
            throw Refused(Reason(error));
        }
    }

    private string UserName() => settings.Arguments.GetValueOrDefault(UserKey) ?? settings.Credentials?.Username
        ?? throw Refused("SNMPv3 needs the argument user, or the credential username");

    // A secret without its protocol must not lead to messages without protection.
    private SecurityLevel Level(AuthenticationProtocol authentication, PrivacyProtocol privacy)
    {
        var isGiven = settings.Arguments.ContainsKey(LevelKey);
        var level = Read(LevelKey, SecurityLevel.AuthPriv, TryReadLevel, "noAuthNoPriv, authNoPriv or authPriv");
        if (authentication == AuthenticationProtocol.None && privacy != PrivacyProtocol.None && !isGiven)
        {
            throw Refused($"the argument {PrivacyKey} is '{settings.Arguments[PrivacyKey]}', but SNMPv3 has no privacy without authentication; give the argument {AuthenticationKey} too");
        }

        Demand(AuthenticationKey, authentication == AuthenticationProtocol.None, level >= SecurityLevel.AuthNoPriv, isGiven);
        Demand(PrivacyKey, privacy == PrivacyProtocol.None, level == SecurityLevel.AuthPriv, isGiven);
        return isGiven ? level : (authentication, privacy) switch
        {
            (AuthenticationProtocol.None, PrivacyProtocol.None) => SecurityLevel.NoAuthNoPriv,
            (_, PrivacyProtocol.None) => SecurityLevel.AuthNoPriv,
            _ => SecurityLevel.AuthPriv,
        };
    }

    private void Demand(string key, bool isMissing, bool isUsed, bool isLevelGiven)
    {
        if (!isMissing || !isUsed)
        {
            return;
        }

        var secret = Array.Find(SecretKeys, name => name.StartsWith(key, StringComparison.Ordinal) && Find(name) is not null);
        if (isLevelGiven || secret is not null)
        {
            var reason = isLevelGiven ? $"the argument {LevelKey} is '{settings.Arguments[LevelKey]}'" : $"the credential {secret} is given";
            throw Refused($"{reason}, which needs the argument {key}, the protocol");
        }
    }

    private UsmKey Key(string protocol)
    {
        var password = $"{protocol}_password";
        (string Name, Func<Secret, UsmKey> Make)[] forms =
        [
            ($"{protocol}_key", UsmKey.Localized), ($"{protocol}_master_key", UsmKey.Master), (password, UsmKey.Password), ("password", UsmKey.Password),
        ];
        foreach (var (name, make) in forms)
        {
            if (Find(name) is not { } secret)
            {
                continue;
            }

            try
            {
                return make(secret);
            }
            catch (ArgumentException error)
            {
                throw Refused($"the credential {name} is not allowed: {Reason(error)}");
            }
        }

        throw Refused($"the argument {protocol} is '{settings.Arguments[protocol]}', which needs the credential {password}, {protocol}_master_key or {protocol}_key");
    }

    private Secret? Find(string credential) => credential == "password"
        ? settings.Credentials?.Password
        : settings.Credentials?.Values.GetValueOrDefault(credential);

    // Without the name of a parameter, which says nothing to who wrote a testbed.
    private static string Reason(ArgumentException error)
    {
        var end = error.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return (end < 0 ? error.Message : error.Message[..end]).TrimEnd('.');
    }

    private static bool TryReadLevel(string text, out SecurityLevel level)
    {
        (var known, level) = text.ToUpperInvariant() switch
        {
            "NOAUTHNOPRIV" => (true, SecurityLevel.NoAuthNoPriv),
            "AUTHNOPRIV" => (true, SecurityLevel.AuthNoPriv),
            "AUTHPRIV" => (true, SecurityLevel.AuthPriv),
            _ => (false, default),
        };
        return known;
    }

    private static bool TryReadAuthentication(string text, out AuthenticationProtocol protocol)
    {
        protocol = Plain(text) switch
        {
            "MD5" => AuthenticationProtocol.Md5,
            "SHA" or "SHA1" => AuthenticationProtocol.Sha1,
            "SHA224" => AuthenticationProtocol.Sha224,
            "SHA256" => AuthenticationProtocol.Sha256,
            "SHA384" => AuthenticationProtocol.Sha384,
            "SHA512" => AuthenticationProtocol.Sha512,
            _ => AuthenticationProtocol.None,
        };
        return protocol != AuthenticationProtocol.None;
    }

    private static bool TryReadPrivacy(string text, out PrivacyProtocol protocol)
    {
        protocol = Plain(text) switch
        {
            "DES" => PrivacyProtocol.Des,
            "AES" or "AES128" => PrivacyProtocol.Aes128,
            "AES192" => PrivacyProtocol.Aes192,
            "AES256" => PrivacyProtocol.Aes256,
            "AES192C" => PrivacyProtocol.Aes192C,
            "AES256C" => PrivacyProtocol.Aes256C,
            _ => PrivacyProtocol.None,
        };
        return protocol != PrivacyProtocol.None;
    }

    // SHA-256 is also written SHA256 and sha_256.
    private static string Plain(string text) => text.Replace("-", "").Replace("_", "").ToUpperInvariant();
}
