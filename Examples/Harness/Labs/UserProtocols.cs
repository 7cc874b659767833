using Connections.Snmp.Protocol.Usm;

namespace Connections.Harness.Labs;

/// <summary>What the protocols of SNMPv3 are called on a command line: as the Net-SNMP tools and testbeds call them.</summary>
internal static class UserProtocols
{
    internal static IReadOnlyDictionary<string, AuthenticationProtocol> Authentication { get; } = new Dictionary<string, AuthenticationProtocol>
    {
        ["MD5"] = AuthenticationProtocol.Md5,
        ["SHA"] = AuthenticationProtocol.Sha1,
        ["SHA-224"] = AuthenticationProtocol.Sha224,
        ["SHA-256"] = AuthenticationProtocol.Sha256,
        ["SHA-384"] = AuthenticationProtocol.Sha384,
        ["SHA-512"] = AuthenticationProtocol.Sha512,
    };

    internal static IReadOnlyDictionary<string, PrivacyProtocol> Privacy { get; } = new Dictionary<string, PrivacyProtocol>
    {
        ["DES"] = PrivacyProtocol.Des,
        ["AES"] = PrivacyProtocol.Aes128,
        ["AES-192"] = PrivacyProtocol.Aes192,
        ["AES-256"] = PrivacyProtocol.Aes256,
        ["AES-192-C"] = PrivacyProtocol.Aes192C,
        ["AES-256-C"] = PrivacyProtocol.Aes256C,
    };
}
