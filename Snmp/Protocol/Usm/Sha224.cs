using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>SHA-224 (FIPS 180-4), which .NET lacks: SHA-256 with other initial values, cut to 28 octets. One thread at a time may use it.</summary>
internal sealed class Sha224 : IHash
{
    public const int HashLength = 28;
    public const int BlockLength = 64;

    private const int WordCount = 8;
    private const int RoundCount = 64;
    private const int LengthLength = sizeof(ulong);
    private const byte EndMark = 0x80;

    private readonly byte[] _block = new byte[BlockLength];
    private State _state;
    private int _filled;
    private ulong _hashed;

    public Sha224() => Restart(Initial, 0);

    // The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4 section 4.2.2).
    private static readonly uint[] Constants =
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    // The second 32 bits of the fractional parts of the square roots of the 9th to 16th primes (FIPS 180-4 section 5.3.2).
    private static readonly uint[] Initial =
        [0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939, 0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4];

    public void Append(ReadOnlySpan<byte> octets)
    {
        _hashed += (ulong)octets.Length;
        if (_filled != 0)
        {
            var count = Math.Min(BlockLength - _filled, octets.Length);
            octets[..count].CopyTo(_block.AsSpan(_filled));
            _filled += count;
            octets = octets[count..];
            if (_filled < BlockLength)
            {
                return;
            }

            Compress(_block);
            _filled = 0;
        }

        for (; octets.Length >= BlockLength; octets = octets[BlockLength..])
        {
            Compress(octets[..BlockLength]);
        }

        octets.CopyTo(_block);
        _filled = octets.Length;
    }

    public void Finish(Span<byte> hash)
    {
        FinishWithoutRestart(hash);
        Restart(Initial, 0);
    }

    /// <summary>Writes the hash of what was taken in; <see cref="Restart"/> must follow.</summary>
    public void FinishWithoutRestart(Span<byte> hash)
    {
        _block[_filled++] = EndMark;
        if (_filled > BlockLength - LengthLength)
        {
            _block.AsSpan(_filled).Clear();
            Compress(_block);
            _filled = 0;
        }

        _block.AsSpan(_filled).Clear();
        BinaryPrimitives.WriteUInt64BigEndian(_block.AsSpan(BlockLength - LengthLength), _hashed * 8);
        Compress(_block);
        for (var word = 0; word < HashLength / sizeof(uint); word++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash[(word * sizeof(uint))..], _state[word]);
        }
    }

    /// <summary>Goes on from a state that <see cref="CopyStateTo"/> gave at a block's end.</summary>
    public void Restart(ReadOnlySpan<uint> state, ulong hashed)
    {
        state.CopyTo(_state);
        _hashed = hashed;
        _filled = 0;
    }

    /// <summary>Copies the eight words of the state; whole blocks must have been taken in.</summary>
    public void CopyStateTo(Span<uint> state) => ((ReadOnlySpan<uint>)_state).CopyTo(state);

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_block);
        Restart(Initial, 0);
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[RoundCount];
        FillSchedule(block, schedule);
        var (a, b, c, d) = (_state[0], _state[1], _state[2], _state[3]);
        var (e, f, g, h) = (_state[4], _state[5], _state[6], _state[7]);
        for (var round = 0; round < RoundCount; round++)
        {
            var first = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
                + ((e & f) ^ (~e & g)) + Constants[round] + schedule[round];
            var second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
                + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e) = (g, f, e, d + first);
            (d, c, b, a) = (c, b, a, first + second);
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }

    private static void FillSchedule(ReadOnlySpan<byte> block, Span<uint> schedule)
    {
        const int WordsPerBlock = BlockLength / sizeof(uint);
        for (var word = 0; word < WordsPerBlock; word++)
        {
            schedule[word] = BinaryPrimitives.ReadUInt32BigEndian(block[(word * sizeof(uint))..]);
        }

        for (var word = WordsPerBlock; word < RoundCount; word++)
        {
            var near = schedule[word - 2];
            var far = schedule[word - 15];
            schedule[word] = schedule[word - 16] + schedule[word - 7]
                + (BitOperations.RotateRight(far, 7) ^ BitOperations.RotateRight(far, 18) ^ (far >> 3))
                + (BitOperations.RotateRight(near, 17) ^ BitOperations.RotateRight(near, 19) ^ (near >> 10));
        }
    }

    [InlineArray(WordCount)]
    private struct State
    {
        private uint _first;
    }
}
