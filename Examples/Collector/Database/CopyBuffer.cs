using System.Buffers.Binary;
using System.Text;

namespace Connections.Collector.Database;

/// <summary>
/// Rows in the binary form of PostgreSQL's COPY: a signature, rows of fields that stand behind their lengths, big-endian, and an end. It grows to its largest use, and stays so. For one user
/// at a time.
/// </summary>
internal sealed class CopyBuffer
{
    private const int InitialSize = 64 * 1024;
    private const int NumericHeader = 4 * sizeof(short);
    private const int NumericBase = 10_000;
    private const short Negative = 0x4000;

    // 64 bits are 20 digits at most, four to a group.
    private const int MaxGroups = 5;
    private const int NoField = -1;
    private const short End = -1;

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private byte[] _octets = new byte[InitialSize];
    private int _length;

    private static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    /// <summary>What was written, valid until something is written again.</summary>
    internal ReadOnlyMemory<byte> Written => _octets.AsMemory(0, _length);

    /// <summary>Begins anew.</summary>
    internal void Begin()
    {
        _length = 0;
        Signature.CopyTo(Take(Signature.Length));

        // Neither flags nor an extension of the header.
        Take(2 * sizeof(int)).Clear();
    }

    internal void BeginRow(int fields) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)fields);

    internal void EndRows() => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), End);

    internal void WriteNull() => WriteLength(NoField);

    internal void Write(string text)
    {
        var room = Take(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _length -= room.Length - sizeof(int) - length;
    }

    internal void Write(ReadOnlySpan<byte> octets)
    {
        WriteLength(octets.Length);
        octets.CopyTo(Take(octets.Length));
    }

    internal void Write(long number)
    {
        WriteLength(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), number);
    }

    internal void Write(double number)
    {
        WriteLength(sizeof(double));
        BinaryPrimitives.WriteDoubleBigEndian(Take(sizeof(double)), number);
    }

    /// <summary>Writes a moment of UTC, in microseconds as PostgreSQL counts them.</summary>
    internal void Write(DateTime time) => Write((time.Ticks - Epoch) / TimeSpan.TicksPerMicrosecond);

    /// <summary>Writes a whole number of up to 64 bits and a sign as a numeric: groups of four decimal digits, the highest first.</summary>
    /// <exception cref="OverflowException">The number is larger.</exception>
    internal void Write(decimal number)
    {
        Span<short> groups = stackalloc short[MaxGroups];
        var count = 0;
        for (var rest = (ulong)Math.Abs(number); rest != 0; rest /= NumericBase)
        {
            groups[count++] = (short)(rest % NumericBase);
        }

        WriteLength(NumericHeader + count * sizeof(short));
        WriteGroup((short)count);
        WriteGroup((short)Math.Max(0, count - 1));
        WriteGroup(number < 0 ? Negative : (short)0);
        WriteGroup(0);
        while (count > 0)
        {
            WriteGroup(groups[--count]);
        }
    }

    private void WriteGroup(short number) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), number);

    private void WriteLength(int length) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), length);

    private Span<byte> Take(int count)
    {
        if (_octets.Length - _length < count)
        {
            Array.Resize(ref _octets, Math.Max(2 * _octets.Length, checked(_length + count)));
        }

        var room = _octets.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
