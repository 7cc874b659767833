using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>DES in CBC mode (RFC 3414 section 8.1.1).</summary>
/// <remarks>
/// A message begins with the exclusive or of its initialization vector and its first block. The transforms live as long as the key and still hold the end
/// of the message before: on the way out that is made up for in the first block, on the way in the vector is decrypted in front of the message.
/// </remarks>
internal sealed class DesCbcCipher : IPrivacyCipher
{
    public const int BlockLength = 8;

    private readonly ICryptoTransform _encryptor;
    private readonly ICryptoTransform _decryptor;
    private readonly byte[] _lastOutput = new byte[BlockLength];
    private readonly byte[] _vectorKey;

    [SuppressMessage("Security", "CA5351", Justification = "RFC 3414 defines this protocol, and old devices have no other.")]
    public DesCbcCipher(ReadOnlySpan<byte> key)
    {
        using var des = DES.Create();
        des.Padding = PaddingMode.None;
        des.Mode = CipherMode.CBC;
        des.SetKey(key[..BlockLength]);
        des.IV = new byte[BlockLength];
        _encryptor = des.CreateEncryptor();
        _decryptor = des.CreateDecryptor();
        _vectorKey = key[BlockLength..(2 * BlockLength)].ToArray();
    }

    public void Encrypt(Span<byte> octets, int boots, int time, ReadOnlySpan<byte> salt)
    {
        if (octets.IsEmpty)
        {
            return;
        }

        Span<byte> vector = stackalloc byte[BlockLength];
        CipherScratch.Xor(salt, _vectorKey, vector);
        CipherScratch.Xor(vector, _lastOutput, vector);
        CipherScratch.Xor(vector, octets[..BlockLength], octets[..BlockLength]);
        var scratch = CipherScratch.Current;
        while (!octets.IsEmpty)
        {
            var length = Math.Min(octets.Length, CipherScratch.Length);
            octets[..length].CopyTo(scratch.Input);
            _encryptor.TransformBlock(scratch.Input, 0, length, scratch.Output, 0);
            scratch.Output.AsSpan(0, length).CopyTo(octets);
            scratch.Output.AsSpan(length - BlockLength, BlockLength).CopyTo(_lastOutput);
            octets = octets[length..];
        }
    }

    public bool TryDecrypt(ReadOnlySpan<byte> encrypted, Span<byte> plain, int boots, int time, ReadOnlySpan<byte> salt)
    {
        if (salt.Length != PrivacyAlgorithm.SaltLength || encrypted.Length % BlockLength != 0)
        {
            return false;
        }

        var scratch = CipherScratch.Current;
        CipherScratch.Xor(salt, _vectorKey, scratch.Input.AsSpan(0, BlockLength));
        _decryptor.TransformBlock(scratch.Input, 0, BlockLength, scratch.Output, 0);
        while (!encrypted.IsEmpty)
        {
            var length = Math.Min(encrypted.Length, CipherScratch.Length);
            encrypted[..length].CopyTo(scratch.Input);
            _decryptor.TransformBlock(scratch.Input, 0, length, scratch.Output, 0);
            scratch.Output.AsSpan(0, length).CopyTo(plain);
            encrypted = encrypted[length..];
            plain = plain[length..];
        }

        return true;
    }

    public void Dispose()
    {
        _encryptor.Dispose();
        _decryptor.Dispose();
        CryptographicOperations.ZeroMemory(_vectorKey);
        CryptographicOperations.ZeroMemory(_lastOutput);
    }
}
