using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>From password to key: RFC 3414 section A.2, and the two ways to stretch a key that is too short for AES. Thread-safe.</summary>
internal static class KeyDerivation
{
    // What RFC 3414 repeats a password to.
    private const int ExpandedLength = 1 << 20;
    private const int ChunkLength = 1_024;

    /// <summary>Works out the master key (Ku) of a password. Takes some milliseconds.</summary>
    /// <param name="protocol">The authentication protocol.</param>
    /// <param name="password">At least one octet.</param>
    /// <param name="master">As many octets as the hash of the protocol has.</param>
    public static void ExpandPassword(AuthenticationProtocol protocol, ReadOnlySpan<byte> password, Span<byte> master)
    {
        // The password over and over, long enough that a chunk may begin anywhere in its first occurrence.
        var repeated = new byte[ChunkLength + password.Length];
        for (var at = 0; at < repeated.Length; at += password.Length)
        {
            password[..Math.Min(password.Length, repeated.Length - at)].CopyTo(repeated.AsSpan(at));
        }

        using var hash = AuthenticationAlgorithm.Of(protocol).CreateHash();
        for (var at = 0; at < ExpandedLength; at += ChunkLength)
        {
            hash.Append(repeated.AsSpan(at % password.Length, ChunkLength));
        }

        hash.Finish(master);
        CryptographicOperations.ZeroMemory(repeated);
    }

    /// <summary>Makes the key of one engine (Kul) of a master key.</summary>
    /// <param name="protocol">The authentication protocol.</param>
    /// <param name="master">The master key.</param>
    /// <param name="engineId">The octets of the engine's name.</param>
    /// <param name="localized">As many octets as the hash of the protocol has.</param>
    public static void Localize(AuthenticationProtocol protocol, ReadOnlySpan<byte> master, ReadOnlySpan<byte> engineId, Span<byte> localized)
    {
        using var hash = AuthenticationAlgorithm.Of(protocol).CreateHash();
        hash.Append(master);
        hash.Append(engineId);
        hash.Append(master);
        hash.Finish(localized);
    }

    /// <summary>Stretches a localized key: each further part is the hash of all before it (draft-blumenthal-aes-usm-04 section 3.1.2.1).</summary>
    /// <param name="protocol">The authentication protocol.</param>
    /// <param name="localized">The localized key.</param>
    /// <param name="stretched">The key as long as the cipher needs it.</param>
    public static void StretchByHash(AuthenticationProtocol protocol, ReadOnlySpan<byte> localized, Span<byte> stretched)
    {
        using var hash = AuthenticationAlgorithm.Of(protocol).CreateHash();
        Span<byte> part = stackalloc byte[AuthenticationAlgorithm.LongestHash];
        var filled = Fill(stretched, 0, localized);
        while (filled < stretched.Length)
        {
            hash.Append(stretched[..filled]);
            hash.Finish(part);
            filled = Fill(stretched, filled, part[..localized.Length]);
        }

        CryptographicOperations.ZeroMemory(part);
    }

    /// <summary>Stretches a localized key: each further part is the one before it, taken for a password and localized
    /// (draft-reeder-snmpv3-usm-3desede-00 section 2.1). Takes some milliseconds.</summary>
    /// <param name="protocol">The authentication protocol.</param>
    /// <param name="localized">The localized key.</param>
    /// <param name="engineId">The octets of the engine's name.</param>
    /// <param name="stretched">The key as long as the cipher needs it.</param>
    public static void StretchAsPassword(
        AuthenticationProtocol protocol, ReadOnlySpan<byte> localized, ReadOnlySpan<byte> engineId, Span<byte> stretched)
    {
        Span<byte> part = stackalloc byte[localized.Length];
        Span<byte> master = stackalloc byte[localized.Length];
        localized.CopyTo(part);
        var filled = Fill(stretched, 0, part);
        while (filled < stretched.Length)
        {
            ExpandPassword(protocol, part, master);
            Localize(protocol, master, engineId, part);
            filled = Fill(stretched, filled, part);
        }

        CryptographicOperations.ZeroMemory(part);
        CryptographicOperations.ZeroMemory(master);
    }

    private static int Fill(Span<byte> destination, int at, ReadOnlySpan<byte> part)
    {
        var count = Math.Min(part.Length, destination.Length - at);
        part[..count].CopyTo(destination[at..]);
        return at + count;
    }
}
