using System.Globalization;
using Connections.Pooling;
using Microsoft.Extensions.Logging;

namespace Connections;

/// <summary>
/// Connects a connection again when it is lost: in the background, at the pace of the device's governor, until it is connected, its owner
/// wants it no more, or an attempt fails for good, as with a wrong password. Calls made meanwhile fail and say how it stands.
/// </summary>
internal sealed class Reconnector : IDisposable
{
    /// <summary>One attempt, for the governor.</summary>
    public static readonly Func<BaseConnection, CancellationToken, ValueTask<bool>> Attempt = static async (connection, cancellationToken) =>
    {
        await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return true;
    };

    private readonly BaseConnection _connection;
    private readonly ConnectGovernor _governor;
    private readonly ILogger _logger;
    private readonly Lock _mutex = new();
    private CancellationTokenSource? _attempts;

    /// <summary>Watches over a connection from now on.</summary>
    public Reconnector(BaseConnection connection, Device device)
    {
        _connection = connection;
        _governor = device.Governor;
        _logger = device.Options.LoggerFactory.CreateLogger(connection.GetType());
        connection.StateChanged += OnStateChanged;
    }

    /// <summary>Makes no further attempts, until the connection is lost again.</summary>
    public void Stop()
    {
        CancellationTokenSource? attempts;
        lock (_mutex)
        {
            attempts = _attempts;
            _attempts = null;
        }

        attempts?.Cancel();
        attempts?.Dispose();
        _connection.Outlook = null;
    }

    /// <summary>Makes no further attempts, for good.</summary>
    public void Dispose()
    {
        _connection.StateChanged -= OnStateChanged;
        Stop();
    }

    private void OnStateChanged(object? sender, ConnectionStateChangedEventArgs change)
    {
        if (change.Current == ConnectionState.Faulted)
        {
            Start();
        }
        else if (change.Current is ConnectionState.Connected or ConnectionState.Disposed)
        {
            Stop();
        }
    }

    private void Start()
    {
        CancellationToken stopped;
        lock (_mutex)
        {
            if (_attempts is not null)
            {
                return;
            }

            // Taken here, since whoever stops the attempts disposes their source at once.
            _attempts = new CancellationTokenSource();
            stopped = _attempts.Token;
            _connection.Outlook = "is being connected again";
        }

        // Not in the flow that lost the connection: it may hold the lock, and its frames are its own.
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.This.RunAsync(state.Token), (This: this, Token: stopped), preferLocal: false);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _governor.ConnectAsync(Attempt, _connection, onFailure: OnFailure, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // Its owner wants it no more.
            ConnectionLog.ReconnectingStopped(_logger, _connection.Alias, _connection.Settings.DeviceName);
        }
        catch (Exception error) when (error is IConnectionError { IsTransient: false })
        {
            GiveUp(error);
        }
    }

    private void GiveUp(Exception error)
    {
        ConnectionLog.ReconnectRefused(_logger, _connection.Alias, _connection.Settings.DeviceName, error.Message);
        Stop();
        _connection.Outlook = "is not connected again by itself, since an attempt failed for good; connect it again with ConnectAsync";
    }

    private void OnFailure(Exception error, TimeSpan delay)
    {
        ConnectionLog.ReconnectFailed(_logger, _connection.Alias, _connection.Settings.DeviceName, delay.TotalSeconds, error.Message);
        lock (_mutex)
        {
            if (_attempts is not null)
            {
                _connection.Outlook = string.Create(
                    CultureInfo.InvariantCulture,
                    $"is being connected again; the last attempt failed, the next follows within {delay.TotalSeconds:0.#} s");
            }
        }
    }
}
