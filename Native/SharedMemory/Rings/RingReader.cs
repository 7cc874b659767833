using System.Runtime.CompilerServices;

namespace Connections.Native.SharedMemory.Rings;

/// <summary>
/// The one who reads a ring of bytes that another process writes. For one thread at a time.
/// </summary>
/// <remarks>
/// As with <see cref="RingWriter"/>, only what the other side says is read from the memory, once a look, and checked. The room of what was
/// read is given back in pieces: each time costs both sides a cache line.
/// </remarks>
internal sealed unsafe class RingReader
{
    private const int PiecesOfRoom = 8;

    private readonly ulong* _tailWord;
    private readonly ulong* _endedWord;
    private readonly ulong* _headWord;
    private readonly byte* _data;
    private readonly uint _capacity;
    private ulong _head;
    private ulong _released;
    private ulong _tail;

    /// <inheritdoc cref="RingWriter(byte*, byte*, int)"/>
    public RingReader(byte* control, byte* data, int capacity)
    {
        _tailWord = (ulong*)(control + RingLayout.Tail);
        _endedWord = (ulong*)(control + RingLayout.Ended);
        _headWord = (ulong*)(control + RingLayout.Head);
        _data = data;
        _capacity = (uint)capacity;
        Own = new ParkingWord((ulong*)(control + RingLayout.ReaderParking));
        Writer = new ParkingWord((ulong*)(control + RingLayout.WriterParking));
    }

    /// <summary>The word of this side.</summary>
    public ParkingWord Own { get; }

    /// <summary>The word of the other side.</summary>
    public ParkingWord Writer { get; }

    /// <summary>Whether there is something to read, or the end, if the writer is believed; for one who will look.</summary>
    public bool HasNews
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref *_tailWord) != _head || HasEnded;
    }

    /// <summary>Whether the writer will write no more. What it wrote before is seen by a look after this one.</summary>
    public bool HasEnded => Volatile.Read(ref *_endedWord) != 0;

    /// <summary>How many bytes there are to read, as far as it was looked; it looks if there were none.</summary>
    /// <exception cref="SharedMemoryException">The writer claims to have written what cannot be.</exception>
    public int Available
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _tail != _head ? (int)(_tail - _head) : Look();
    }

    /// <summary>
    /// Reads the length of the message that begins; <see cref="RingLayout.LengthSize"/> bytes must be available. The other process may have
    /// written any number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadLength()
    {
        var length = Volatile.Read(ref *(ulong*)(_data + (_head & (_capacity - 1))));
        _head += RingLayout.LengthSize;
        return length;
    }

    /// <summary>Reads bytes, all of which must be available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(Span<byte> destination)
    {
        var place = (uint)_head & (_capacity - 1);
        var first = (int)Math.Min((uint)destination.Length, _capacity - place);
        new ReadOnlySpan<byte>(_data + place, first).CopyTo(destination);
        if (first < destination.Length)
        {
            new ReadOnlySpan<byte>(_data, destination.Length - first).CopyTo(destination[first..]);
        }

        _head += (uint)destination.Length;
    }

    /// <summary>Goes on to where the next record begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipToRecord() => _head = (_head + RingLayout.Alignment - 1) & ~(ulong)(RingLayout.Alignment - 1);

    /// <summary>Gives room back to the writer if that is worthwhile. True if it did; the writer may have to be woken then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReleaseMuch() => _head - _released >= _capacity / PiecesOfRoom && TryRelease();

    /// <summary>Gives back all room that there is. True if there was some; the writer may have to be woken then.</summary>
    public bool TryRelease()
    {
        if (_head == _released)
        {
            return false;
        }

        _released = _head;
        Volatile.Write(ref *_headWord, _head);
        return true;
    }

    private int Look()
    {
        var tail = Volatile.Read(ref *_tailWord);
        var available = tail - _head;
        if (available > _capacity || available % RingLayout.Alignment != 0)
        {
            throw new SharedMemoryException(
                $"The other process has damaged a channel: it claims to have written {tail} bytes, of which {_head} were read, {_capacity} at a time. Connect anew.");
        }

        _tail = tail;
        return (int)available;
    }
}
