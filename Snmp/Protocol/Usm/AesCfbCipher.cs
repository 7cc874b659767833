using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// AES in CFB mode with a feedback of 128 bits (RFC 3826 section 3), with a key of 128, 192 or 256 bits.
/// </summary>
/// <remarks>
/// The platform's CFB takes whole blocks only, and a new transform, with a new key schedule, for each initialization vector. But the keystream of CFB is
/// what two transforms give that live as long as the key. To decrypt, it is each encrypted block encrypted once more: ECB. To encrypt, the
/// keystream K of block n is E(P ^ K) of block n-1: CBC over the plain octets. CBC begins with the exclusive or of its input and its last output, which is
/// known, so that a first input of that output and the vector begins a message.
/// </remarks>
internal sealed class AesCfbCipher : IPrivacyCipher
{
    public const int BlockLength = 16;

    private readonly ICryptoTransform _chained;
    private readonly ICryptoTransform _single;
    private readonly byte[] _lastOutput = new byte[BlockLength];

    public AesCfbCipher(ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Padding = PaddingMode.None;
        aes.SetKey(key);
        aes.IV = new byte[BlockLength];
        aes.Mode = CipherMode.CBC;
        _chained = aes.CreateEncryptor();
        aes.Mode = CipherMode.ECB;
        _single = aes.CreateEncryptor();
    }

    public void Encrypt(Span<byte> octets, int boots, int time, ReadOnlySpan<byte> salt)
    {
        var scratch = CipherScratch.Current;
        Span<byte> feedback = stackalloc byte[BlockLength];
        WriteVector(feedback, boots, time, salt);
        while (!octets.IsEmpty)
        {
            var length = Math.Min(octets.Length, CipherScratch.Length);
            var whole = RoundUp(length);
            CipherScratch.Xor(feedback, _lastOutput, scratch.Input.AsSpan(0, BlockLength));
            octets[..(whole - BlockLength)].CopyTo(scratch.Input.AsSpan(BlockLength));
            _chained.TransformBlock(scratch.Input, 0, whole, scratch.Output, 0);
            scratch.Output.AsSpan(whole - BlockLength, BlockLength).CopyTo(_lastOutput);
            CipherScratch.Xor(octets[..length], scratch.Output.AsSpan(0, length), octets[..length]);
            octets[..length][(whole - BlockLength)..].CopyTo(feedback);
            octets = octets[length..];
        }
    }

    public bool TryDecrypt(ReadOnlySpan<byte> encrypted, Span<byte> plain, int boots, int time, ReadOnlySpan<byte> salt)
    {
        if (salt.Length != PrivacyAlgorithm.SaltLength)
        {
            return false;
        }

        var scratch = CipherScratch.Current;
        WriteVector(scratch.Input, boots, time, salt);
        while (!encrypted.IsEmpty)
        {
            var length = Math.Min(encrypted.Length, CipherScratch.Length);
            var whole = RoundUp(length);
            encrypted[..(whole - BlockLength)].CopyTo(scratch.Input.AsSpan(BlockLength));
            _single.TransformBlock(scratch.Input, 0, whole, scratch.Output, 0);
            CipherScratch.Xor(encrypted[..length], scratch.Output.AsSpan(0, length), plain);
            encrypted[..length][(whole - BlockLength)..].CopyTo(scratch.Input);
            encrypted = encrypted[length..];
            plain = plain[length..];
        }

        return true;
    }

    public void Dispose()
    {
        _chained.Dispose();
        _single.Dispose();
        CryptographicOperations.ZeroMemory(_lastOutput);
    }

    private static int RoundUp(int length) => (length + BlockLength - 1) & -BlockLength;

    private static void WriteVector(Span<byte> vector, int boots, int time, ReadOnlySpan<byte> salt)
    {
        BinaryPrimitives.WriteInt32BigEndian(vector, boots);
        BinaryPrimitives.WriteInt32BigEndian(vector[sizeof(int)..], time);
        salt.CopyTo(vector[(2 * sizeof(int))..]);
    }
}
