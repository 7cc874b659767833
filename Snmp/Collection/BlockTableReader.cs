using System.Buffers.Binary;
using System.Text;

namespace Connections.Snmp.Collection;

/// <summary>Reads numbers and octets of a table one after another. Past its end, it has failed, and everything is zero or empty.</summary>
internal ref struct BlockTableReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _rest = octets;

    internal bool HasFailed { get; private set; }

    internal readonly bool IsAtEnd => _rest.IsEmpty;

    internal readonly int Remaining => _rest.Length;

    internal byte ReadByte() => Take(sizeof(byte)) is [var value] ? value : (byte)0;

    internal int ReadUInt16() => Take(sizeof(ushort)) is { IsEmpty: false } octets ? BinaryPrimitives.ReadUInt16LittleEndian(octets) : 0;

    internal uint ReadUInt32() => Take(sizeof(uint)) is { IsEmpty: false } octets ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : 0;

    internal long ReadInt64() => Take(sizeof(long)) is { IsEmpty: false } octets ? BinaryPrimitives.ReadInt64LittleEndian(octets) : 0;

    /// <summary>How many entries follow; fails where so many of at least that length cannot.</summary>
    internal int ReadCount(int leastLength)
    {
        var count = ReadUInt32();
        if (count > Remaining / leastLength)
        {
            HasFailed = true;
            return 0;
        }

        return (int)count;
    }

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (HasFailed || count > _rest.Length)
        {
            HasFailed = true;
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    internal string ReadText(int length) => Encoding.UTF8.GetString(Take(length));
}
