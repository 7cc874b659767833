using System.Net;
using System.Net.Sockets;

namespace Connections.Terminal.Simulation;

/// <summary>
/// A device with a command line that plays a script, over Telnet on an address of this machine, for any number of sessions at once. Thread-safe. Disposing
/// it closes its sessions.
/// </summary>
public sealed class SimulatedTerminal : IAsyncDisposable
{
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _open = [];
    private readonly HashSet<Task> _sessions = [];
    private readonly TimeProvider _timeProvider;
    private readonly Task _accepting;

    private SimulatedTerminal(TerminalScript script, TerminalActivity activity, IPEndPoint endPoint, TimeProvider timeProvider)
    {
        Script = script;
        Activity = activity;
        _timeProvider = timeProvider;
        _listener.Bind(endPoint);
        _listener.Listen();
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it answers.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it plays.</summary>
    public TerminalScript Script { get; }

    /// <summary>What it is doing.</summary>
    public TerminalActivity Activity { get; }

    /// <summary>Starts a device.</summary>
    /// <param name="script">What it plays.</param>
    /// <param name="activity">Where it counts; a count of its own if null.</param>
    /// <param name="endPoint">Where it answers; on loopback at a free port if null.</param>
    /// <param name="timeProvider">The clock of its delays; the system's if null.</param>
    /// <exception cref="SocketException">The address or the port cannot be had.</exception>
    public static SimulatedTerminal Start(
        TerminalScript script, TerminalActivity? activity = null, IPEndPoint? endPoint = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(script);
        return new SimulatedTerminal(
            script, activity ?? new TerminalActivity(), endPoint ?? new IPEndPoint(IPAddress.Loopback, 0), timeProvider ?? TimeProvider.System);
    }

    /// <summary>Breaks off every session, as a device does that restarts.</summary>
    public void BreakSessions()
    {
        Socket[] open;
        lock (_gate)
        {
            open = [.. _open];
        }

        foreach (var socket in open)
        {
            socket.Close(timeout: 0);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        Task[] sessions;
        lock (_gate)
        {
            sessions = [.. _sessions];
        }

        BreakSessions();
        await Task.WhenAll(sessions).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Begin(await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Begin(Socket socket)
    {
        lock (_gate)
        {
            _open.Add(socket);
            var session = RunAsync(socket);
            _sessions.RemoveWhere(static ended => ended.IsCompletedSuccessfully);
            _sessions.Add(session);
        }
    }

    private async Task RunAsync(Socket socket)
    {
        await Task.Yield();
        using var running = Activity.BeginSession();
        try
        {
            await new SimulatedSession(socket, Script, Activity, _timeProvider).RunAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side has gone, or the device is being disposed: either is how a session ends.
            return;
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(socket);
            }

            socket.Dispose();
        }
    }
}
