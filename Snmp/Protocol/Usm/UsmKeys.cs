using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// The keys of a user for one engine, ready to be used: the keyed hash and the expanded cipher keys are made once. One thread at a time may use it,
/// such as an engine's I/O thread. Making it may take milliseconds (<see cref="LocalizedKeys"/>); its key material is zeroed on dispose.
/// </summary>
internal sealed class UsmKeys : IDisposable
{
    private readonly IHash? _hash;
    private readonly IPrivacyCipher? _cipher;

    /// <exception cref="CryptographicException">The platform does not have an algorithm, such as MD5 or DES where policy forbids them, or refuses
    /// the key.</exception>
    public UsmKeys(SnmpUser user, SnmpEngineId engineId)
    {
        User = user;
        EngineId = engineId;
        if (user.Level >= SecurityLevel.AuthNoPriv)
        {
            var algorithm = AuthenticationAlgorithm.Of(user.Authentication);
            var key = LocalizedKeys.ForAuthentication(user, engineId);
            MacLength = algorithm.MacLength;
            _hash = algorithm.CreateKeyedHash(key);
            CryptographicOperations.ZeroMemory(key);
        }

        if (user.Level == SecurityLevel.AuthPriv)
        {
            var key = LocalizedKeys.ForPrivacy(user, engineId);
            _cipher = PrivacyAlgorithm.CreateCipher(user.Privacy, key);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public SnmpUser User { get; }

    public SnmpEngineId EngineId { get; }

    /// <summary>The octets of a message's signature; 0 without authentication.</summary>
    public int MacLength { get; }

    /// <summary>Encrypts and signs a message in place, as far as its flags say.</summary>
    /// <param name="message">The whole message, as <see cref="SnmpMessageWriter"/> wrote it.</param>
    /// <param name="layout">Where its parts are.</param>
    public void Protect(Span<byte> message, in SecuredLayout layout)
    {
        if (layout.EncryptedLength > 0)
        {
            var salt = message.Slice(layout.SaltOffset, PrivacyAlgorithm.SaltLength);
            PrivacySalt.Next(salt);
            _cipher!.Encrypt(message.Slice(layout.EncryptedOffset, layout.EncryptedLength), layout.Boots, layout.Time, salt);
        }

        if (layout.MacLength > 0)
        {
            Span<byte> mac = stackalloc byte[AuthenticationAlgorithm.LongestHash];
            _hash!.Append(message);
            _hash.Finish(mac);
            mac[..MacLength].CopyTo(message[layout.MacOffset..]);
        }
    }

    /// <summary>Whether the signature of a message is that of this user. The comparison takes the same time whatever is wrong with it.</summary>
    public bool IsAuthentic(in SecuredMessage message)
    {
        if (_hash is null || message.Mac.Length != MacLength)
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[AuthenticationAlgorithm.LongestHash];
        AppendUnsigned(message);
        _hash.Finish(mac);
        return CryptographicOperations.FixedTimeEquals(mac[..MacLength], message.Mac);
    }

    /// <summary>Decrypts the scoped PDU of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="plain">At least as long as the message's data.</param>
    /// <returns>Whether there is a privacy key and the lengths are right; whether the key was the right one only the octets show.</returns>
    public bool TryDecrypt(in SecuredMessage message, Span<byte> plain) =>
        _cipher is not null && _cipher.TryDecrypt(message.Data, plain, message.Boots, message.Time, message.Salt);

    public void Dispose()
    {
        _hash?.Dispose();
        _cipher?.Dispose();
    }

    // A signature covers its message with zeros in its own place. Each call of the platform's hash costs more than copying a usual message.
    private void AppendUnsigned(in SecuredMessage message)
    {
        var whole = message.Whole;
        var scratch = CipherScratch.Current.Input;
        if (whole.Length <= scratch.Length)
        {
            whole.CopyTo(scratch);
            scratch.AsSpan(message.MacOffset, MacLength).Clear();
            _hash!.Append(scratch.AsSpan(0, whole.Length));
            return;
        }

        scratch.AsSpan(0, MacLength).Clear();
        _hash!.Append(whole[..message.MacOffset]);
        _hash.Append(scratch.AsSpan(0, MacLength));
        _hash.Append(whole[(message.MacOffset + MacLength)..]);
    }
}
