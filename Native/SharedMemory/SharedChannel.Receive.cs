using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory.Rings;
using Connections.Native.Sync;

namespace Connections.Native.SharedMemory;

public sealed partial class SharedChannel
{
    /// <summary>Receives the next message.</summary>
    /// <param name="cancellationToken">Ends the wait. No message is lost by it.</param>
    /// <returns>
    /// The message, in memory that is good until the next call of a receiving method or <see cref="DisposeAsync"/>; null once the other process
    /// has closed the channel, and all that it sent has been received.
    /// </returns>
    /// <exception cref="ConnectionLostException">
    /// The other process has died, or has broken the channel off in the middle of a message; or the channel was broken before.
    /// </exception>
    /// <exception cref="SharedMemoryException">The other process has damaged the channel; it is broken now.</exception>
    /// <exception cref="InvalidOperationException">Another receive has not ended yet.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="ObjectDisposedException">The channel has been disposed.</exception>
    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ReadOnlyMemory<byte>?>(cancellationToken);
        }

        EnterReceiving();
        try
        {
            if (TryTake(out var message) || (_receiveSpinner.Spin(new HasNews(_reader), MonotonicTime.Never) && TryTake(out message)))
            {
                Exit(ref _receiving);
                return new(message);
            }
        }
        catch (Exception error)
        {
            Exit(ref _receiving);
            return ValueTask.FromException<ReadOnlyMemory<byte>?>(error);
        }

        return ReceiveParkedAsync(cancellationToken);
    }

    /// <summary>Receives the next message, and blocks the thread until there is one.</summary>
    /// <param name="timeout">How long to wait at most: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait. No message is lost by it, or by the timeout.</param>
    /// <exception cref="SharedChannelTimeoutException">There was no message in time.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite.</exception>
    /// <inheritdoc cref="ReceiveAsync"/>
    public ReadOnlyMemory<byte>? Receive(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ValidateTimeout(timeout);
        cancellationToken.ThrowIfCancellationRequested();
        EnterReceiving();
        try
        {
            return TryTake(out var message) ? message : ReceiveLater(timeout, cancellationToken);
        }
        finally
        {
            Exit(ref _receiving);
        }
    }

    /// <summary>Receives the next message if there is one.</summary>
    /// <param name="message">As <see cref="ReceiveAsync"/> gives it: null at the end.</param>
    /// <returns>False if there is none yet.</returns>
    /// <inheritdoc cref="ReceiveAsync"/>
    public bool TryReceive(out ReadOnlyMemory<byte>? message)
    {
        EnterReceiving();
        try
        {
            return TryTake(out message);
        }
        finally
        {
            Exit(ref _receiving);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnterReceiving()
    {
        if (!_receiving.TryEnter())
        {
            throw new InvalidOperationException($"A message is being received by the channel '{Name}' already: receive one at a time.");
        }
    }

    // With the gate held; lets it go.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>?> ReceiveParkedAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await ParkAsync(_receiveWaiting, _reader.Own, new HasNews(_reader), cancellationToken).ConfigureAwait(false);
                if (TryTake(out var message) || (_receiveSpinner.Spin(new HasNews(_reader), MonotonicTime.Never) && TryTake(out message)))
                {
                    return message;
                }
            }
        }
        finally
        {
            Exit(ref _receiving);
        }
    }

    private ReadOnlyMemory<byte>? ReceiveLater(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = MonotonicTime.After(timeout);
        using var waking = WakeWhenCancelled(cancellationToken);
        while (true)
        {
            if (!_receiveSpinner.Spin(new HasNews(_reader), deadline))
            {
                Sleep(_reader.Own, new HasNews(_reader), deadline, cancellationToken);
            }

            // Looked at before the ring, so that what came in time is not refused.
            var isLast = MonotonicTime.Now >= deadline;
            if (TryTake(out var message))
            {
                return message;
            }

            if (isLast)
            {
                throw new SharedChannelTimeoutException($"The process {PeerProcessId} sent nothing by the channel '{Name}' within {timeout}.");
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(out ReadOnlyMemory<byte>? message)
    {
        if (!_isDisposed && _failure is null && TryRead(out var whole))
        {
            message = whole;
            return true;
        }

        message = null;
        return TryTakeLast(ref message);
    }

    // Whether it has ended is looked at only where there is no message: it costs the cache line that the writer writes.
    private bool TryTakeLast(ref ReadOnlyMemory<byte>? message)
    {
        ThrowIfUnusable();
        var isPeerGone = _isPeerGone;
        var hasEnded = _reader.HasEnded;
        if (!isPeerGone && !hasEnded)
        {
            return false;
        }

        // What was written before the end is there to be seen now.
        if (TryRead(out var whole))
        {
            message = whole;
            return true;
        }

        if (hasEnded && !_incoming.IsPartial)
        {
            return true;
        }

        throw hasEnded ? Lost("has closed it in the middle of a message") : Gone();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryRead(out ReadOnlyMemory<byte> message)
    {
        try
        {
            bool isWhole;
            do
            {
                isWhole = _incoming.TryRead(_reader, out message);
                if (isWhole ? _reader.TryReleaseMuch() : _reader.TryRelease())
                {
                    _reader.Writer.WakeIfParked(_socket);
                }
            }
            while (!isWhole && _reader.Available > 0);
            return isWhole;
        }
        catch (SharedMemoryException error)
        {
            throw Fail(error);
        }
    }
}
