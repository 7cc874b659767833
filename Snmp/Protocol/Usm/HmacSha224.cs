using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// HMAC-SHA-224 (RFC 2104, RFC 4231). The two blocks of the key are hashed once, and each message goes on from there. One thread at a time may
/// use it; the key's state is zeroed on dispose.
/// </summary>
internal sealed class HmacSha224 : IHash
{
    private const int StateLength = 8;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    private readonly Sha224 _hash = new();
    private readonly uint[] _inner = new uint[StateLength];
    private readonly uint[] _outer = new uint[StateLength];

    public HmacSha224(ReadOnlySpan<byte> key)
    {
        Span<byte> block = stackalloc byte[Sha224.BlockLength];
        block.Clear();
        if (key.Length > block.Length)
        {
            _hash.Append(key);
            _hash.Finish(block);
        }
        else
        {
            key.CopyTo(block);
        }

        HashKey(block, InnerPad, _inner);
        HashKey(block, OuterPad, _outer);
        CryptographicOperations.ZeroMemory(block);
        _hash.Restart(_inner, Sha224.BlockLength);
    }

    public void Append(ReadOnlySpan<byte> octets) => _hash.Append(octets);

    public void Finish(Span<byte> hash)
    {
        Span<byte> inner = stackalloc byte[Sha224.HashLength];
        _hash.FinishWithoutRestart(inner);
        _hash.Restart(_outer, Sha224.BlockLength);
        _hash.Append(inner);
        _hash.FinishWithoutRestart(hash);
        _hash.Restart(_inner, Sha224.BlockLength);
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_inner.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_outer.AsSpan()));
        _hash.Dispose();
    }

    private void HashKey(ReadOnlySpan<byte> key, byte pad, Span<uint> state)
    {
        Span<byte> padded = stackalloc byte[Sha224.BlockLength];
        for (var index = 0; index < padded.Length; index++)
        {
            padded[index] = (byte)(key[index] ^ pad);
        }

        _hash.Append(padded);
        _hash.CopyStateTo(state);
        _hash.Finish(stackalloc byte[Sha224.HashLength]);
        CryptographicOperations.ZeroMemory(padded);
    }
}
