using System.Text.RegularExpressions;
using Connections.Locking;
using Connections.Pools;

namespace Connections.Terminal;

/// <summary>
/// A session on the command line of a device, whose calls take turns: over Telnet, over SSH by the system's OpenSSH client, or with a program on this machine.
/// </summary>
/// <remarks>
/// <para>Settings: the protocol (<c>telnet</c>, <c>ssh</c>, <c>process</c>), host and port, <c>os</c> and <c>platform</c> of the device (see
/// <see cref="TerminalPlatforms"/>), credentials (<c>username</c>, <c>password</c>; <c>passphrase</c> of a key of SSH; the password of the credentials named
/// <c>enable</c> for the privileged mode), and these arguments. <c>prompt</c>: a regular expression without look-around and back-references, looked for in the last
/// line; without it the prompt is learned at login. <c>platform</c>: in place of the device's. In seconds: <c>timeout</c> of a command (60) and
/// <c>login_timeout</c> of connecting in all (30). <c>max_output</c> of a command, in characters (16 Mi).</para>
/// <para>Of SSH: <c>ssh_config</c> and <c>identity</c> (files), <c>ssh_options</c> (a mapping, as for <c>ssh -o</c>), <c>term</c> (<c>dumb</c>), <c>ssh_program</c> (<c>ssh</c>). All else is as the
/// user's configuration has it: keys, agents, jump hosts, known hosts. It needs OpenSSH 8.4 or later. Of <c>process</c>: <c>command</c> (a line for the
/// shell, or a list of a program and its arguments), <c>tty</c> (true for a program that wants a terminal of its own).</para>
/// <para>After a call that was cancelled or timed out the session is replaced by a new one. A session that dies faults the connection. Telnet encrypts nothing.</para>
/// </remarks>
public sealed partial class TerminalConnection : BaseConnection, ITerminal
{
    private readonly TerminalArguments _arguments;
    private TerminalChannel? _channel;

    /// <summary>Makes a connection that is not connected yet.</summary>
    /// <param name="settings">Where the device is and how it is spoken to.</param>
    /// <exception cref="ArgumentException">An argument is missing or malformed; the message names it.</exception>
    public TerminalConnection(ConnectionSettings settings)
        : base(settings)
    {
        _arguments = new TerminalArguments(settings);
        _arguments.NewTransport().Dispose();
    }

    /// <summary>The prompt of the session after login, as the device prints it; empty before the first connect.</summary>
    public string Prompt { get; private set; } = "";

    /// <summary>What is known of the device's command line.</summary>
    public TerminalPlatform Platform => _arguments.Platform;

    /// <summary>The name by which <see cref="Platform"/> was found; null if none was.</summary>
    internal string? PlatformName => _arguments.PlatformName;

    /// <inheritdoc/>
    [Locked]
    public partial Task<string> ExecuteAsync(string command, TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    [Locked]
    [ChangesState]
    public partial Task<IReadOnlyList<string>> ConfigureAsync(
        IReadOnlyList<string> lines, TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    [Locked]
    [ChangesState]
    public partial Task SendAsync(string line, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    [Locked]
    [ChangesState]
    public partial Task<string> ReceiveAsync(Regex? until = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Hands the session over to a person: what is typed goes to the device as it is, and what it prints comes back as it is, beginning with its prompt. The session is closed afterwards,
    /// since nobody knows what state it is in; calls that follow fail until the connection is connected again.
    /// </summary>
    /// <param name="keys">What is typed, in pieces; a line feed is what ends a line. Its end ends the session. It heeds its token.</param>
    /// <param name="print">Takes what the device prints, control characters too.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <returns>Whether the keys ended; false if the device ended the session.</returns>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [Locked]
    [ChangesState]
    public partial Task<bool> InteractAsync(
        IAsyncEnumerable<string> keys, Func<string, CancellationToken, ValueTask> print, CancellationToken cancellationToken = default);

    private Task<bool> InteractCoreAsync(IAsyncEnumerable<string> keys, Func<string, CancellationToken, ValueTask> print, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(print);
        EnsureConnected();
        return _channel!.RelayAsync(keys, print, cancellationToken);
    }

    private Task<string> ExecuteCoreAsync(string command, TimeSpan? timeout, CancellationToken cancellationToken) =>
        RunAsync(command, timeout, cancellationToken);

    private async Task<IReadOnlyList<string>> ConfigureCoreAsync(IReadOnlyList<string> lines, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Any(static line => line.AsSpan().ContainsAny('\r', '\n')))
        {
            throw new ArgumentException("Several lines were given as one; give each by itself.", nameof(lines));
        }

        EnsureConnected();
        var home = _channel!.LastPrompt;
        var platform = _arguments.Platform;
        await ChangeModeAsync(platform.EnterConfiguration, isLeft: false, home, timeout, cancellationToken).ConfigureAwait(false);
        var outputs = new List<string>(lines.Count);
        foreach (var line in lines)
        {
            outputs.Add(await RunAsync(line, timeout, cancellationToken).ConfigureAwait(false));
        }

        await ChangeModeAsync(platform.LeaveConfiguration, isLeft: true, home, timeout, cancellationToken).ConfigureAwait(false);
        return outputs;
    }

    // Where a mode has a prompt of its own, the prompt tells whether the device has followed.
    private async Task ChangeModeAsync(
        IReadOnlyList<string> lines, bool isLeft, string home, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var output = "";
        foreach (var line in lines)
        {
            output = await RunAsync(line, timeout, cancellationToken).ConfigureAwait(false);
        }

        if (lines.Count > 0 && isLeft != (_channel!.LastPrompt == home))
        {
            throw new ConfigurationFailedException(
                $"The {this} did not {(isLeft ? "leave" : "enter")} its configuration mode by '{lines[^1]}': it is at '{_channel.LastPrompt}' and printed '{output}'.")
            {
                Alias = Alias,
                Device = Settings.DeviceName,
                Output = output,
            };
        }
    }

    private Task SendCoreAsync(string line, CancellationToken cancellationToken)
    {
        EnsureConnected();
        return _channel!.SendAsync(line, cancellationToken);
    }

    private Task<string> ReceiveCoreAsync(Regex? until, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        EnsureConnected();
        return ReadAsync(_channel!, until, timeout, cancellationToken);
    }

    private async Task<string> RunAsync(string line, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        EnsureConnected();
        var channel = _channel!;
        await channel.SendAsync(line, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(channel, until: null, timeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> ReadAsync(TerminalChannel channel, Regex? until, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var output = await channel.ReceiveAsync(until, timeout, cancellationToken).ConfigureAwait(false);
        return _arguments.Trailer?.Match(output) is { Success: true } trailer ? output[..trailer.Index] : output;
    }
}
