namespace Connections.Snmp.Transport.Streams;

/// <summary>What has come of a stream and is not taken yet. It grows up to one message, as far as a message says that it is that long and octets of it arrive.</summary>
internal sealed class ReceiveBuffer(int size)
{
    private byte[] _octets = new byte[size];
    private int _start;
    private int _end;

    /// <summary>Whether what comes next cannot be a message.</summary>
    internal bool IsInvalid { get; private set; }

    /// <summary>Whether a message has begun that is not whole.</summary>
    internal bool HasBegun => _end > _start;

    /// <summary>Where the next octets go; never empty.</summary>
    internal Memory<byte> Free
    {
        get
        {
            if (_start > 0)
            {
                _octets.AsSpan(_start, _end - _start).CopyTo(_octets);
                (_start, _end) = (0, _end - _start);
            }

            // Not at once to the length that was announced: that is only a promise.
            if (_end == _octets.Length)
            {
                Array.Resize(ref _octets, Math.Min(_octets.Length * 2, MessageFraming.LargestMessage));
            }

            return _octets.AsMemory(_end);
        }
    }

    internal void Commit(int count) => _end += count;

    /// <summary>The next message, if it is whole. It stays valid until the next call.</summary>
    internal bool TryPeek(out ReadOnlyMemory<byte> message)
    {
        message = default;
        var outcome = MessageFraming.TryGetLength(_octets.AsSpan(_start, _end - _start), out var length);
        IsInvalid = outcome == MessageFraming.Outcome.Invalid;
        if (outcome != MessageFraming.Outcome.Known || length > _end - _start)
        {
            return false;
        }

        message = _octets.AsMemory(_start, length);
        return true;
    }

    internal void Consume(int count) => _start += count;
}
