namespace Connections;

// Going from one state to another, and telling it.
public abstract partial class BaseConnection
{
    /// <summary>Marks the connection lost, so that calls fail until it is connected again; for a class that notices it itself.</summary>
    protected void Fault(Exception error)
    {
        LastError = error;
        TryChangeState(ConnectionState.Faulted);
    }

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
