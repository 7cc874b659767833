using System.Buffers;

namespace Connections.Native.SharedMemory.Rings;

/// <summary>
/// A message as it comes out of a ring, whole or piece by piece. It is copied before anybody looks at it, since the other process could change
/// it meanwhile; the memory is used again for the next one.
/// </summary>
internal sealed class IncomingMessage(int maximumLength)
{
    // What is kept between messages, and what a length alone makes us allocate: a longer message has to come before there is memory for it.
    private const int Trust = 1 << 16;
    private const int Least = 256;

    private byte[] _kept = new byte[Least];
    private byte[]? _rented;
    private int _length;
    private int _received;

    /// <summary>Whether a message has come in part.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Reads as much as there is.</summary>
    /// <param name="reader">The ring; it may be empty.</param>
    /// <param name="message">The message if it is whole, good until the next call.</param>
    /// <returns>Whether it is whole.</returns>
    /// <exception cref="SharedMemoryException">What the ring holds is no message, or one that is too long.</exception>
    public bool TryRead(RingReader reader, out ReadOnlyMemory<byte> message)
    {
        message = default;
        var available = reader.Available;
        if (available == 0)
        {
            return false;
        }

        if (!IsPartial)
        {
            Begin(reader.ReadLength());
            available -= RingLayout.LengthSize;
        }

        var count = Math.Min(available, _length - _received);
        var bytes = Reserve(_received + count);
        reader.Read(bytes.AsSpan(_received, count));
        _received += count;
        IsPartial = _received < _length;
        if (IsPartial)
        {
            return false;
        }

        reader.SkipToRecord();
        message = bytes.AsMemory(0, _length);
        return true;
    }

    private void Begin(ulong length)
    {
        if (length > (ulong)maximumLength)
        {
            throw new SharedMemoryException(
                $"The other process sends a message of {length} bytes, and {maximumLength} are agreed: it has damaged the channel, or does not keep to the protocol. Connect anew.");
        }

        _length = (int)length;
        _received = 0;
        IsPartial = true;
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }

    private byte[] Reserve(int needed)
    {
        var present = _rented ?? _kept;
        if (_length <= present.Length || (needed <= present.Length && _rented is not null))
        {
            return present;
        }

        if (_length <= Trust)
        {
            // Nothing of the message has come yet, since it would have been made then.
            return _kept = new byte[Math.Min(Trust, Math.Max(_length, 2 * present.Length))];
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_length, Math.Max(2L * needed, Trust)));
        present.AsSpan(0, _received).CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }

        return _rented = larger;
    }
}
