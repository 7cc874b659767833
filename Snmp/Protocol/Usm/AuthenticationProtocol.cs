namespace Connections.Snmp.Protocol.Usm;

/// <summary>How messages of SNMPv3 are signed: an HMAC over a hash function (RFC 3414 sections 6 and 7, RFC 7860).</summary>
public enum AuthenticationProtocol
{
    /// <summary>Messages are not signed.</summary>
    None = 0,

    /// <summary>HMAC-MD5-96; called <c>MD5</c>. Weak: for devices that have nothing better.</summary>
    Md5,

    /// <summary>HMAC-SHA-96; called <c>SHA</c> or <c>SHA-1</c>.</summary>
    Sha1,

    /// <summary>HMAC-128-SHA-224; called <c>SHA-224</c>.</summary>
    Sha224,

    /// <summary>HMAC-192-SHA-256; called <c>SHA-256</c>.</summary>
    Sha256,

    /// <summary>HMAC-256-SHA-384; called <c>SHA-384</c>.</summary>
    Sha384,

    /// <summary>HMAC-384-SHA-512; called <c>SHA-512</c>.</summary>
    Sha512,
}
