using Connections.Native.SharedMemory.Sockets;

namespace Connections.Native.SharedMemory.Doorbells;

/// <summary>Awaits that a socket can be read: one waits at a time.</summary>
internal sealed class Readiness : IDoorbellTarget, IDisposable
{
    private readonly Waiting _waiting = new();
    private readonly UnixSocket _socket;
    private readonly long _id;
    private bool _isDisposed;

    /// <exception cref="SharedMemoryException">The system refuses.</exception>
    public Readiness(UnixSocket socket)
    {
        _socket = socket;
        _id = Doorbell.RegisterDisarmed(socket.Handle, this);
    }

    /// <summary>Waits until the socket may be readable, the token is cancelled, or this is disposed: who has waited has to look.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var wait = _waiting.Begin();
        using var registration = cancellationToken.UnsafeRegister(static waiting => ((Waiting)waiting!).End(), _waiting);
        if (Volatile.Read(ref _isDisposed))
        {
            _waiting.End();
        }
        else
        {
            Rearm();
        }

        await wait.ConfigureAwait(false);
    }

    public void OnRing() => _waiting.End();

    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        Doorbell.Unregister(_socket.Handle, _id);
        _waiting.End();
    }

    private void Rearm()
    {
        try
        {
            Doorbell.Rearm(_socket.Handle, _id);
        }
        catch (Exception error) when (error is SharedMemoryException or ObjectDisposedException && Volatile.Read(ref _isDisposed))
        {
            // It was disposed this moment, and the wait is over.
            _waiting.End();
        }
    }
}
