using System.Runtime.CompilerServices;

namespace Connections.Native.SharedMemory.Rings;

/// <summary>
/// The one who writes into a ring of bytes that another process reads. For one thread at a time.
/// </summary>
/// <remarks>
/// Positions are counted from the beginning of time, and their low bits are places in the ring. The writer's own position is not read back
/// from the memory; the reader's is, once a look, and checked, since the other process may write anything there at any time.
/// </remarks>
internal sealed unsafe class RingWriter
{
    private readonly ulong* _tailWord;
    private readonly ulong* _headWord;
    private readonly ulong* _endedWord;
    private readonly byte* _data;
    private readonly uint _capacity;
    private ulong _tail;
    private ulong _head;

    /// <param name="control">The ring's control words.</param>
    /// <param name="data">The ring's bytes.</param>
    /// <param name="capacity">How many: a capacity as <see cref="RingLayout.IsCapacity"/> has it.</param>
    public RingWriter(byte* control, byte* data, int capacity)
    {
        _tailWord = (ulong*)(control + RingLayout.Tail);
        _endedWord = (ulong*)(control + RingLayout.Ended);
        _headWord = (ulong*)(control + RingLayout.Head);
        _data = data;
        _capacity = (uint)capacity;
        Reader = new ParkingWord((ulong*)(control + RingLayout.ReaderParking));
        Own = new ParkingWord((ulong*)(control + RingLayout.WriterParking));
    }

    public int Capacity => (int)_capacity;

    /// <summary>The word of the other side.</summary>
    public ParkingWord Reader { get; }

    /// <summary>The word of this side.</summary>
    public ParkingWord Own { get; }

    /// <summary>Whether so many bytes can be written.</summary>
    /// <exception cref="SharedMemoryException">The reader claims to have read what was not written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasRoom(int bytes) => _capacity - (_tail - _head) >= (uint)bytes || LookForRoom(bytes);

    /// <summary>Whether so many bytes can be written, if the reader is believed; for one who will ask again.</summary>
    public bool MayHaveRoom(int bytes) => Volatile.Read(ref *_headWord) is var head && _tail - head is var used && (used > _capacity || _capacity - used >= (uint)bytes);

    /// <summary>Writes the length of the message to come: <see cref="RingLayout.LengthSize"/> bytes, for which there must be room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteLength(int length)
    {
        *(ulong*)(_data + (_tail & (_capacity - 1))) = (uint)length;
        _tail += RingLayout.LengthSize;
    }

    /// <summary>Writes bytes, for which there must be room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var place = (uint)_tail & (_capacity - 1);
        var first = (int)Math.Min((uint)bytes.Length, _capacity - place);
        bytes[..first].CopyTo(new Span<byte>(_data + place, first));
        if (first < bytes.Length)
        {
            bytes[first..].CopyTo(new Span<byte>(_data, (int)_capacity));
        }

        _tail += (uint)bytes.Length;
    }

    /// <summary>Lets the reader see what was written, up to where the next record begins; it may have to be woken then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish()
    {
        _tail = (_tail + RingLayout.Alignment - 1) & ~(ulong)(RingLayout.Alignment - 1);
        Volatile.Write(ref *_tailWord, _tail);
    }

    /// <summary>Tells the reader that nothing will follow.</summary>
    public void End() => Volatile.Write(ref *_endedWord, 1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool LookForRoom(int bytes)
    {
        var head = Volatile.Read(ref *_headWord);
        var used = _tail - head;
        if (used > _capacity)
        {
            throw new SharedMemoryException(
                $"The other process has damaged a channel: it claims to have read {head} bytes, of {_tail} that were written, {_capacity} at a time. Connect anew.");
        }

        _head = head;
        return _capacity - used >= (uint)bytes;
    }
}
