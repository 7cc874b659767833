using Connections.Locking;
using Connections.Terminal;

namespace Connections.Telnet;

/// <summary>
/// The smallest connection class of one's own: a command line over Telnet. Any number of callers may share one. Connecting holds the
/// connection's lock through <see cref="BaseConnection.ConnectAsync"/>, and so does each method below while it runs.
/// </summary>
/// <remarks>
/// Arguments: <c>prompt</c> and <c>timeout</c>, as <see cref="TerminalOptions.From"/> reads them. There is no login. After a
/// command that was cut short the device is connected anew.
/// </remarks>
/// <param name="settings">Where the device is.</param>
/// <exception cref="ArgumentException">There is no host, or an argument is malformed.</exception>
public partial class TelnetConnection(ConnectionSettings settings) : BaseConnection(settings)
{
    private readonly string _host = settings.Host ?? throw new ArgumentException("The settings name no host.", nameof(settings));
    private readonly TerminalOptions _options = TerminalOptions.From(settings);
    private TerminalChannel? _terminal;

    /// <summary>
    /// Sends one line. Whoever sends holds the lock (<see cref="BaseConnection.LockAsync(CancellationToken, string)"/>) until it has
    /// received: an answer that stays unread is the next caller's.
    /// </summary>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <inheritdoc cref="TerminalChannel.SendAsync"/>
    [Locked]
    public partial Task SendAsync(string line, CancellationToken cancellationToken = default);

    /// <summary>Waits for the prompt after a line that was sent under the same lock.</summary>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <inheritdoc cref="TerminalChannel.ReceiveAsync"/>
    [Locked]
    public partial Task<string> ReceiveAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends one line and waits for the prompt after it; fails as <see cref="SendAsync"/> and <see cref="ReceiveAsync"/> do.</summary>
    /// <returns>What the device printed, without echo and prompt; lines end in <c>\n</c>, the last one does not.</returns>
    [Locked]
    public partial Task<string> ExecuteAsync(string command, CancellationToken cancellationToken = default);

    /// <summary>Executes several lines, one after the other, that no other caller comes between; fails as <see cref="ExecuteAsync"/> does.</summary>
    /// <returns>The output of each line.</returns>
    [Locked]
    public partial Task<IReadOnlyList<string>> ConfigureAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default);

    protected virtual Task SendCoreAsync(string line, CancellationToken cancellationToken)
    {
        EnsureConnected();
        return _terminal!.SendAsync(line, cancellationToken);
    }

    protected virtual Task<string> ReceiveCoreAsync(CancellationToken cancellationToken)
    {
        EnsureConnected();
        return _terminal!.ReceiveAsync(cancellationToken);
    }

    // Locked methods call locked methods: the lock is reentrant, and held over both.
    protected virtual async Task<string> ExecuteCoreAsync(string command, CancellationToken cancellationToken)
    {
        await SendAsync(command, cancellationToken);
        return await ReceiveAsync(cancellationToken);
    }

    protected virtual async Task<IReadOnlyList<string>> ConfigureCoreAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var outputs = new List<string>(lines.Count);
        foreach (var line in lines)
        {
            outputs.Add(await ExecuteAsync(line, cancellationToken));
        }

        return outputs;
    }

    /// <summary>Runs with the lock held, as every part of connecting does.</summary>
    protected override Task OpenAsync(CancellationToken cancellationToken)
    {
        _terminal = new TerminalChannel(new TelnetTransport(_host, Settings.Port ?? TelnetTransport.DefaultPort), _options);
        return _terminal.OpenAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task CloseAsync(CancellationToken cancellationToken)
    {
        _terminal?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A new session: the old one may yet print what the next caller would take for its own.</summary>
    protected override async Task ResetAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        await OpenAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Abort() => _terminal?.Dispose();
}
