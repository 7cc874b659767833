namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// How messages of SNMPv3 are encrypted. Of AES with 192 and 256 bits there are two kinds, which stretch a key that is too short in different
/// ways; they are the same where the hash of the <see cref="AuthenticationProtocol"/> is at least as long as the key. 3DES is not supported.
/// </summary>
public enum PrivacyProtocol
{
    /// <summary>Messages are not encrypted.</summary>
    None = 0,

    /// <summary>CBC-DES (RFC 3414 section 8); called <c>DES</c>. Weak: for devices that have nothing better.</summary>
    Des,

    /// <summary>CFB128-AES-128 (RFC 3826); called <c>AES</c> or <c>AES-128</c>.</summary>
    Aes128,

    /// <summary>AES with 192 bits, keys stretched as in draft-blumenthal-aes-usm-04; called <c>AES-192</c>.</summary>
    Aes192,

    /// <summary>AES with 256 bits, keys stretched as in draft-blumenthal-aes-usm-04; called <c>AES-256</c>.</summary>
    Aes256,

    /// <summary>AES with 192 bits, keys stretched as in draft-reeder-snmpv3-usm-3desede-00; called <c>AES-192-C</c>, used by Cisco and many others.</summary>
    Aes192C,

    /// <summary>AES with 256 bits, keys stretched as in draft-reeder-snmpv3-usm-3desede-00; called <c>AES-256-C</c>, used by Cisco and many others.</summary>
    Aes256C,
}
