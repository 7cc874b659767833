using Connections.Locking;
using Connections.Pooling;

namespace Connections;

// Connecting, disconnecting, and what happens to a connection whose call went wrong.
public abstract partial class BaseConnection
{
    /// <summary>The longest that bringing a connection back in step, or closing it while it is disposed, may take.</summary>
    private static readonly TimeSpan CleanupTimeout = TimeSpan.FromSeconds(5);

    private Exception? _recoveredFrom;
    private volatile bool _hasChangedState;

    /// <summary>Whether a call has left the connection in another state than it had after connecting.</summary>
    internal bool HasChangedState => _hasChangedState;

    /// <summary>When its pool made it or had it back from its last holder, on the pool's clock.</summary>
    internal Moment LastUsed { get; set; }

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
        using var releaser = await LockAsync(CleanupTimeout).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(CleanupTimeout);
        await CloseAsync(limit.Token).ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Marks the connection lost, so that calls fail until it is connected again; for a class that notices it itself.</summary>
    protected void Fault(Exception error)
    {
        LastError = error;
        TryChangeState(ConnectionState.Faulted);
    }

    /// <summary>Brings the connection back to the state after connecting; its failure faults the connection.</summary>
    internal async Task UndoChangesAsync(CancellationToken cancellationToken)
    {
        using var releaser = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (IsConnected)
        {
            await ResetOrFaultAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether the device still answers; false also if it does not say so in time.</summary>
    internal async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CleanupTimeout);
        using var releaser = await LockAsync(limit.Token).ConfigureAwait(false);
        return IsConnected && await CheckHealthAsync(limit.Token).ConfigureAwait(false);
    }

    void ILockable.MarkStateChanged() => MarkStateChanged();

    /// <summary>Takes note that a call leaves the connection in another state.</summary>
    internal void MarkStateChanged() => _hasChangedState = true;

    ValueTask ILockable.RecoverAsync(Exception error) => NeedsRecovery(error) ? new(ResetOrFaultAsync()) : ValueTask.CompletedTask;

    private async Task ResetOrFaultAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(CleanupTimeout);
            await ResetAsync(limit.Token).ConfigureAwait(false);
            _hasChangedState = false;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The caller gets the error of the call; this one stays in LastError, for those who come after.
            Fault(failure);
        }
    }

    // A synchronous call cannot wait for a device to come back in step, so its connection is faulted at once.
    void ILockable.Recover(Exception error)
    {
        if (NeedsRecovery(error))
        {
            Fault(error);
        }
    }

    // An error passes through every locked method on its way out; the innermost has recovered from it.
    private bool NeedsRecovery(Exception error) =>
        IsConnected && LeavesOutOfStep(error) && !ReferenceEquals(Interlocked.Exchange(ref _recoveredFrom, error), error);

    // Disposed is for good: a connect or a fault that comes to its end meanwhile does not bring the connection back.
    private void TryChangeState(ConnectionState next)
    {
        var current = _state;
        while (current != ConnectionState.Disposed)
        {
            var seen = Interlocked.CompareExchange(ref _state, next, current);
            if (seen == current)
            {
                OnStateChanged(current, next);
                return;
            }

            current = seen;
        }
    }

    private void OnStateChanged(ConnectionState previous, ConnectionState current)
    {
        if (previous == current)
        {
            return;
        }

        var error = current is ConnectionState.Faulted or ConnectionState.Disconnected ? LastError : null;
        if (error is null)
        {
            ConnectionLog.StateChanged(_logger, Alias, Settings.DeviceName, current);
        }
        else
        {
            ConnectionLog.StateChangedForError(_logger, Alias, Settings.DeviceName, current, error.Message);
        }

        try
        {
            StateChanged?.Invoke(this, new ConnectionStateChangedEventArgs(this, previous, current, error));
        }
        catch (Exception handlerError)
        {
            ConnectionLog.HandlerFailed(_logger, Alias, Settings.DeviceName, handlerError);
        }
    }
}
