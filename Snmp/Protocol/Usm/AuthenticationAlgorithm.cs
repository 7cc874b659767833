using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>The facts of an authentication protocol (RFC 3414 sections 6 and 7, RFC 7860 section 4.1).</summary>
internal sealed class AuthenticationAlgorithm
{
    public const int LongestHash = 64;

    private static readonly AuthenticationAlgorithm[] All =
    [
        new(HashAlgorithmName.MD5, 16, 12),
        new(HashAlgorithmName.SHA1, 20, 12),
        new(null, Sha224.HashLength, 16),
        new(HashAlgorithmName.SHA256, 32, 24),
        new(HashAlgorithmName.SHA384, 48, 32),
        new(HashAlgorithmName.SHA512, 64, 48),
    ];

    private readonly HashAlgorithmName? _name;

    private AuthenticationAlgorithm(HashAlgorithmName? name, int hashLength, int macLength)
    {
        _name = name;
        HashLength = hashLength;
        MacLength = macLength;
    }

    /// <summary>The octets of the hash, and of a key.</summary>
    public int HashLength { get; }

    /// <summary>The octets of a hash that a message carries.</summary>
    public int MacLength { get; }

    /// <summary>The algorithm of a protocol other than <see cref="AuthenticationProtocol.None"/>.</summary>
    public static AuthenticationAlgorithm Of(AuthenticationProtocol protocol) => All[(int)protocol - 1];

    /// <summary>Begins a hash without key. The platform lacks SHA-224.</summary>
    public IHash CreateHash() => _name is { } name ? new PlatformHash(IncrementalHash.CreateHash(name)) : new Sha224();

    /// <summary>Begins a keyed hash, whose key is copied.</summary>
    public IHash CreateKeyedHash(ReadOnlySpan<byte> key) =>
        _name is { } name ? new PlatformHash(IncrementalHash.CreateHMAC(name, key)) : new HmacSha224(key);
}
