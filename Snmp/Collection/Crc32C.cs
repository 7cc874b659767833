using System.Numerics;
using System.Runtime.InteropServices;

namespace Connections.Snmp.Collection;

/// <summary>The Castagnoli checksum (RFC 3720 appendix B.4), which processors compute themselves.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of a frame: over all its octets but the checksum's own.</summary>
    internal static uint OfFrame(ReadOnlySpan<byte> frame)
    {
        var checksum = Add(uint.MaxValue, frame[..BlockLayout.ChecksumAt]);
        return ~Add(checksum, frame[(BlockLayout.ChecksumAt + sizeof(uint))..]);
    }

    internal static uint Add(uint checksum, ReadOnlySpan<byte> octets)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(octets);
        foreach (var word in words)
        {
            checksum = BitOperations.Crc32C(checksum, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var octet in octets[(words.Length * sizeof(ulong))..])
        {
            checksum = BitOperations.Crc32C(checksum, octet);
        }

        return checksum;
    }
}
