using Connections.Locking;
using Connections.Pooling;

namespace Connections;

// Connecting, disconnecting, the end.
public abstract partial class BaseConnection
{
    /// <summary>The longest that bringing a connection back in step, or closing it while it is disposed, may take.</summary>
    private static readonly TimeSpan CleanupTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Connects, or connects again after a fault; does nothing while connected.</summary>
    /// <param name="cancellationToken">Ends the wait for the lock, and the attempt.</param>
    /// <exception cref="ConnectFailedException">The device could not be reached, or refused.</exception>
    /// <exception cref="ObjectDisposedException">The connection has been disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        using var releaser = await LockAsync(cancellationToken).ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(_state == ConnectionState.Disposed, this);
        if (_state == ConnectionState.Connected)
        {
            return;
        }

        if (_state == ConnectionState.Faulted)
        {
            await CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        TryChangeState(ConnectionState.Connecting);
        try
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            LastError = error;
            TryChangeState(ConnectionState.Disconnected);
            if (error is IConnectionError or OperationCanceledException)
            {
                throw;
            }

            throw new ConnectFailedException($"The {this} could not be connected: {error.Message}", error)
            {
                Alias = Alias,
                Device = Settings.DeviceName,
            };
        }

        LastError = null;
        _hasChangedState = false;
        TryChangeState(ConnectionState.Connected);
    }

    /// <summary>Disconnects after the calls in progress; does nothing while not connected. It can be connected again.</summary>
    /// <param name="cancellationToken">Ends the wait for the lock, and the closing.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        using var releaser = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (_state is ConnectionState.Disposed or ConnectionState.Disconnected)
        {
            return;
        }

        LastError = null;
        TryChangeState(ConnectionState.Disconnected);
        await CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the connection for good: aborts the I/O of a call that is stuck, lets those who wait fail with
    /// <see cref="NotConnectedException"/>, and closes. A second call does nothing.
    /// </summary>
    /// <exception cref="LockTimeoutException">A call went on for 5 s although its I/O was aborted; the message names it.</exception>
    public async ValueTask DisposeAsync()
    {
        var previous = Interlocked.Exchange(ref _state, ConnectionState.Disposed);
        if (previous == ConnectionState.Disposed)
        {
            return;
        }

        OnStateChanged(previous, ConnectionState.Disposed);
        Abort();
        _lock.DoWithoutScope();
        using (await LockAsync(CleanupTimeout).ConfigureAwait(false))
        {
            using var limit = new CancellationTokenSource(CleanupTimeout);
            await CloseAsync(limit.Token).ConfigureAwait(false);
        }

        _lock.Options.Scope?.Dispose();
        GC.SuppressFinalize(this);
    }
}
