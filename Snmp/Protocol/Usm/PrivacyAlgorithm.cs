namespace Connections.Snmp.Protocol.Usm;

/// <summary>The facts of a privacy protocol (RFC 3414 section 8, RFC 3826, and the drafts named at <see cref="PrivacyProtocol"/>).</summary>
internal static class PrivacyAlgorithm
{
    /// <summary>The octets of the salt that each encrypted message carries.</summary>
    public const int SaltLength = 8;

    public const int LongestKey = 32;

    /// <summary>The octets of a localized key that are used.</summary>
    public static int KeyLength(PrivacyProtocol protocol) => protocol switch
    {
        PrivacyProtocol.None => 0,
        PrivacyProtocol.Aes192 or PrivacyProtocol.Aes192C => 24,
        PrivacyProtocol.Aes256 or PrivacyProtocol.Aes256C => 32,
        _ => 16,
    };

    /// <summary>What the length of the plain octets must be a multiple of.</summary>
    public static int BlockLength(PrivacyProtocol protocol) => protocol == PrivacyProtocol.Des ? DesCbcCipher.BlockLength : 1;

    /// <summary>Whether short keys are stretched as in draft-reeder-snmpv3-usm-3desede-00.</summary>
    public static bool IsStretchedAsPassword(PrivacyProtocol protocol) => protocol is PrivacyProtocol.Aes192C or PrivacyProtocol.Aes256C;

    /// <summary>Makes the cipher of a protocol other than <see cref="PrivacyProtocol.None"/>.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="key">Exactly <see cref="KeyLength"/> octets.</param>
    public static IPrivacyCipher CreateCipher(PrivacyProtocol protocol, ReadOnlySpan<byte> key) =>
        protocol == PrivacyProtocol.Des ? new DesCbcCipher(key) : new AesCfbCipher(key);
}
