using Connections.Native.SharedMemory.Doorbells;

namespace Connections.Native.SharedMemory;

// The ends of a channel: the peer's, this side's, and that of the memory.
public sealed partial class SharedChannel
{
    void IDoorbellTarget.OnRing()
    {
        if (!_ringing.TryEnter())
        {
            return;
        }

        if (!_isDisposed)
        {
            if (!_socket.Hear())
            {
                _isPeerGone = true;
                Doorbell.Unregister(_socket.Handle, _bell);
                WakeSleepers();
            }

            _sendWaiting.End();
            _receiveWaiting.End();
        }

        Exit(ref _ringing);
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _isClosing, true))
        {
            return;
        }

        _closing.TryEnter();
        _isDisposed = true;
        EndBoth();
        Exit(ref _closing);
    }

    private void EndBoth()
    {
        Doorbell.Unregister(_socket.Handle, _bell);
        if (_failure is null)
        {
            _writer.End();
        }

        _socket.ShutDown();
        WakeSleepers();
        _sendWaiting.End();
        _receiveWaiting.End();

        // From here on, who is inside is seen to be; and who goes in or out later sees that the channel is closed.
        Interlocked.MemoryBarrierProcessWide();
    }

    private void WakeSleepers()
    {
        _writer.Own.WakeOwn();
        _reader.Own.WakeOwn();
    }

    private void Exit(ref ChannelGate gate)
    {
        gate.Exit();
        if (_isDisposed)
        {
            TryRelease();
        }
    }

    // By the last one who goes out of a closed channel.
    private void TryRelease()
    {
        Interlocked.MemoryBarrier();
        if (!_closing.IsBusy && !_sending.IsBusy && !_receiving.IsBusy && !_ringing.IsBusy && Interlocked.Exchange(ref _isReleased, true) == false)
        {
            _socket.Dispose();
            _memory.Dispose();
        }
    }

    /// <summary>Ends a channel that cannot go on, for both sides; it is yet to be disposed.</summary>
    private Exception Fail(Exception failure)
    {
        _failure ??= failure;
        _socket.ShutDown();
        return failure;
    }

    // What ended it for this process is told first, each time anew.
    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_failure is { } failure)
        {
            throw new ConnectionLostException($"The channel '{Name}' to process {PeerProcessId} is broken; connect anew. {failure.Message}", failure);
        }
    }

    private ConnectionLostException Lost(string happened) =>
        new($"The process {PeerProcessId} at the other end of the channel '{Name}' {happened}.");

    private ConnectionLostException Gone() =>
        Lost(_reader.HasEnded ? "has closed it" : "has died, or has broken it off");
}
