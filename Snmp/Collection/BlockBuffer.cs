using System.Buffers;
using System.Buffers.Binary;

namespace Connections.Snmp.Collection;

/// <summary>Octets that are added at the end, in pooled memory that comes with the first of them and grows.</summary>
/// <param name="capacity">How many there will be, usually.</param>
/// <param name="reserved">How many zeros stand before the first one.</param>
internal struct BlockBuffer(int capacity, int reserved)
{
    private byte[]? _octets;

    internal int Length { get; set; } = reserved;

    internal readonly Span<byte> Written => _octets.AsSpan(0, Length);

    /// <summary>Takes so many octets at the end, whose content is to be written.</summary>
    internal Span<byte> Take(int count)
    {
        if (_octets is null || _octets.Length - Length < count)
        {
            Grow(count);
        }

        var taken = _octets.AsSpan(Length, count);
        Length += count;
        return taken;
    }

    internal void Add(ReadOnlySpan<byte> octets) => octets.CopyTo(Take(octets.Length));

    internal void AddByte(byte value) => Take(sizeof(byte))[0] = value;

    internal void AddUInt16(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), (ushort)value);

    internal void AddUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    internal void AddInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    internal void Align() => Take(BlockLayout.Aligned(Length) - Length).Clear();

    /// <summary>Gives the array away: whoever takes it returns it to the pool.</summary>
    internal byte[] Detach()
    {
        Take(0);
        var octets = _octets!;
        _octets = null;
        return octets;
    }

    internal void Release()
    {
        if (_octets is not null)
        {
            ArrayPool<byte>.Shared.Return(Detach());
        }
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_octets is null ? capacity : _octets.Length * 2, Length + count));
        if (_octets is null)
        {
            larger.AsSpan(0, Length).Clear();
        }
        else
        {
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_octets);
        }

        _octets = larger;
    }
}
