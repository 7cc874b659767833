using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory.Rings;
using Connections.Native.Sync;

namespace Connections.Native.SharedMemory;

public sealed partial class SharedChannel
{
    /// <summary>Sends a message.</summary>
    /// <param name="message">The message; it may be empty. It is not referred to once the task is completed.</param>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}, CancellationToken)"/>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        SendAsync(message, default, cancellationToken);

    /// <summary>
    /// Sends a message that lies in two places, as one. Completes as soon as it lies in the shared memory whole: at once, while there is room.
    /// </summary>
    /// <param name="header">The first bytes of the message.</param>
    /// <param name="body">The others.</param>
    /// <param name="cancellationToken">
    /// Ends the wait for room. If a part of a long message is on its way by then, this breaks the channel, since the rest cannot follow.
    /// </param>
    /// <exception cref="ConnectionLostException">The other process has closed the channel or died, or the channel was broken before.</exception>
    /// <exception cref="SharedMemoryException">The other process has damaged the channel; it is broken now.</exception>
    /// <exception cref="ArgumentException">The message is longer than <see cref="MaximumMessageLength"/>.</exception>
    /// <exception cref="InvalidOperationException">Another send has not ended yet.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="ObjectDisposedException">The channel has been disposed.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        EnterSending(header.Length, body.Length);
        var position = 0;
        try
        {
            if (TryPush(ref position, header.Span, body.Span))
            {
                Exit(ref _sending);
                return ValueTask.CompletedTask;
            }
        }
        catch (Exception error)
        {
            Exit(ref _sending);
            return ValueTask.FromException(error);
        }

        return SendRestAsync(position, header, body, cancellationToken);
    }

    /// <summary>Sends a message, and blocks the thread while there is no room.</summary>
    /// <param name="message">The message; it may be empty.</param>
    /// <inheritdoc cref="Send(ReadOnlySpan{byte}, ReadOnlySpan{byte}, TimeSpan, CancellationToken)"/>
    /// <param name="timeout">How long to wait for room at most: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    public void Send(ReadOnlySpan<byte> message, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Send(message, default, timeout, cancellationToken);

    /// <summary>Sends a message that lies in two places, as one, and blocks the thread while there is no room.</summary>
    /// <param name="header">The first bytes of the message.</param>
    /// <param name="body">The others.</param>
    /// <param name="timeout">
    /// How long to wait for room at most: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>. If a part of a long message is on its way by
    /// then, this breaks the channel, and so does the token.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="SharedChannelTimeoutException">There was no room in time.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite.</exception>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}, CancellationToken)"/>
    public void Send(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ValidateTimeout(timeout);
        cancellationToken.ThrowIfCancellationRequested();
        EnterSending(header.Length, body.Length);
        var position = 0;
        try
        {
            if (!TryPush(ref position, header, body))
            {
                SendRest(ref position, header, body, timeout, cancellationToken);
            }
        }
        catch (Exception error) when (FailIfInTheMiddle(position, error))
        {
            throw;
        }
        finally
        {
            Exit(ref _sending);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnterSending(int headerLength, int bodyLength)
    {
        if ((long)headerLength + bodyLength > MaximumMessageLength)
        {
            throw new ArgumentException(
                $"A message of {(long)headerLength + bodyLength} bytes is too long for the channel '{Name}', which takes {MaximumMessageLength}: "
                + $"set {nameof(SharedChannelOptions)}.{nameof(SharedChannelOptions.MaximumMessageLength)} of its listener.");
        }

        if (!_sending.TryEnter())
        {
            throw new InvalidOperationException($"A message is being sent by the channel '{Name}' already: send one at a time.");
        }
    }

    // With the gate held; lets it go.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendRestAsync(int position, ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                var room = NewRoom(position, header.Length + body.Length);
                if (!_sendSpinner.Spin(room, MonotonicTime.Never))
                {
                    await ParkAsync(_sendWaiting, _writer.Own, room, cancellationToken).ConfigureAwait(false);
                }
            }
            while (!TryPush(ref position, header.Span, body.Span));
        }
        catch (Exception error) when (FailIfInTheMiddle(position, error))
        {
            throw;
        }
        finally
        {
            Exit(ref _sending);
        }
    }

    private void SendRest(ref int position, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = MonotonicTime.After(timeout);
        using var waking = WakeWhenCancelled(cancellationToken);
        do
        {
            var room = NewRoom(position, header.Length + body.Length);
            if (!_sendSpinner.Spin(room, deadline))
            {
                if (MonotonicTime.Now >= deadline)
                {
                    throw new SharedChannelTimeoutException(
                        $"The process {PeerProcessId} made no room for {header.Length + body.Length} bytes in the channel '{Name}' within {timeout}: it receives nothing.");
                }

                Sleep(_writer.Own, room, deadline, cancellationToken);
            }
        }
        while (!TryPush(ref position, header, body));
    }

    // The length and the message are one run of bytes, of which so many have been written.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPush(ref int position, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        if (HasToLook)
        {
            ThrowIfUnusable();
            throw Gone();
        }

        var end = RingLayout.LengthSize + header.Length + body.Length;
        while (position < end)
        {
            var count = NextPiece(position, end);
            if (!HasRoom(RingLayout.Align(count)))
            {
                return false;
            }

            Write(position, count, header, body);
            position += count;
            _writer.Publish();
            _writer.Reader.WakeIfParked(_socket);
        }

        return true;
    }

    private bool HasRoom(int bytes)
    {
        try
        {
            return _writer.HasRoom(bytes);
        }
        catch (SharedMemoryException error)
        {
            throw Fail(error);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(int position, int count, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var start = position - RingLayout.LengthSize;
        if (position == 0)
        {
            _writer.WriteLength(header.Length + body.Length);
            (start, count) = (0, count - RingLayout.LengthSize);
        }

        if (start < header.Length)
        {
            var ofHeader = Math.Min(count, header.Length - start);
            _writer.Write(header.Slice(start, ofHeader));
            (start, count) = (start + ofHeader, count - ofHeader);
        }

        if (count > 0)
        {
            _writer.Write(body.Slice(start - header.Length, count));
        }
    }

    // A message that leaves room for another goes as a whole; of a longer one, the reader takes a piece while the next is written.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextPiece(int position, int end) => end <= _writer.Capacity / 2 ? end : Math.Min(end - position, _writer.Capacity / 4);

    private HasRoom NewRoom(int position, int length) =>
        new(_writer, RingLayout.Align(NextPiece(position, RingLayout.LengthSize + length)));

    // The other side waits for a rest that will not come.
    private bool FailIfInTheMiddle(int position, Exception error)
    {
        if (position > 0)
        {
            Fail(error);
        }

        return false;
    }
}
