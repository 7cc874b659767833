using System.Net;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>Runs the Net-SNMP tools as a user of SNMPv3.</summary>
internal static class UserTool
{
    /// <summary>What the tools call a protocol.</summary>
    public static string NameOf(AuthenticationProtocol protocol) => protocol switch
    {
        AuthenticationProtocol.Md5 => "MD5",
        AuthenticationProtocol.Sha1 => "SHA",
        AuthenticationProtocol.Sha224 => "SHA-224",
        AuthenticationProtocol.Sha256 => "SHA-256",
        AuthenticationProtocol.Sha384 => "SHA-384",
        AuthenticationProtocol.Sha512 => "SHA-512",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };

    /// <inheritdoc cref="NameOf(AuthenticationProtocol)"/>
    public static string NameOf(PrivacyProtocol protocol) => protocol switch
    {
        PrivacyProtocol.Des => "DES",
        PrivacyProtocol.Aes128 => "AES",
        PrivacyProtocol.Aes192 => "AES-192",
        PrivacyProtocol.Aes256 => "AES-256",
        PrivacyProtocol.Aes192C => "AES-192-C",
        PrivacyProtocol.Aes256C => "AES-256-C",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };

    /// <summary>Runs a tool as a user, at the user's level.</summary>
    public static Task<ToolRun> RunAsync(string tool, SnmpUser user, IPEndPoint agent, params string[] arguments) =>
        NetSnmpTool.RunSecuredAsync(tool, Options(user), agent, arguments);

    /// <summary>Runs a tool as a user, at another level.</summary>
    public static Task<ToolRun> RunAtAsync(SecurityLevel level, string tool, SnmpUser user, IPEndPoint agent, params string[] arguments) =>
        NetSnmpTool.RunSecuredAsync(tool, [.. Options(user), "-l", NameOf(level)], agent, arguments);

    /// <summary>Who asks: user, level, protocols, passwords and context.</summary>
    public static string[] Options(SnmpUser user) =>
    [
        "-u", user.Name, "-l", NameOf(user.Level),
        .. user.AuthenticationKey is { } key ? ["-a", NameOf(user.Authentication), "-A", key.Value.Reveal()] : Array.Empty<string>(),
        .. user.PrivacyKey is { } secret ? ["-x", NameOf(user.Privacy), "-X", secret.Value.Reveal()] : Array.Empty<string>(),
        .. user.ContextName.Length > 0 ? ["-n", user.ContextName] : Array.Empty<string>(),
    ];

    private static string NameOf(SecurityLevel level) => level switch
    {
        SecurityLevel.NoAuthNoPriv => "noAuthNoPriv",
        SecurityLevel.AuthNoPriv => "authNoPriv",
        _ => "authPriv",
    };
}
