using System.Text.RegularExpressions;
using Connections.Pools;

namespace Connections.Terminal;

/// <summary>
/// The command line of a device: a connection, or a pool of sessions under one alias. Code that asks a device for it works the same with both.
/// </summary>
/// <remarks>
/// Thread-safe. A call that is cancelled or times out never garbles the next one: its session is replaced by a new one. A session that dies faults its
/// connection. <see cref="SendAsync"/> and <see cref="ReceiveAsync"/> belong together: make both under one lock, or one lease of a pool.
/// </remarks>
[Pooled]
public interface ITerminal
{
    /// <summary>Runs one command.</summary>
    /// <param name="command">One line.</param>
    /// <param name="timeout">How long it may take; null for what the connection has, the argument <c>timeout</c> (60 s by default).</param>
    /// <param name="cancellationToken">Ends the wait; the device may still carry the command out.</param>
    /// <returns>What the device printed, without echo, pagers and prompt; lines end in <c>\n</c>, the last one does not.</returns>
    /// <exception cref="ArgumentException">These are several lines; nothing was sent.</exception>
    /// <exception cref="CommandTimeoutException">The command did not finish in time; <see cref="CommandTimeoutException.Received"/> has what came.</exception>
    /// <exception cref="ConnectionLostException">The session died; <see cref="ConnectionLostException.Received"/> has what came before.</exception>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<string> ExecuteAsync(string command, TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <summary>Enters the configuration mode, if the platform has one, sends lines one after the other, and leaves it; nobody comes between.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="timeout">How long each may take, as for <see cref="ExecuteAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait between or within lines; those sent may be in force.</param>
    /// <returns>What the device printed to each of <paramref name="lines"/>: nothing, mostly, or its complaint.</returns>
    /// <exception cref="ArgumentException">One of these is several lines; nothing was sent.</exception>
    /// <exception cref="ConfigurationFailedException">The mode was not entered or left.</exception>
    /// <exception cref="CommandTimeoutException">A line did not finish in time.</exception>
    /// <exception cref="ConnectionLostException">The session died.</exception>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [ChangesState]
    Task<IReadOnlyList<string>> ConfigureAsync(IReadOnlyList<string> lines, TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <summary>Sends one line and does not wait for an answer.</summary>
    /// <param name="line">The line, without its end. It stands in the messages of errors: not for secrets.</param>
    /// <param name="cancellationToken">Ends the wait; a part of the line may have been sent.</param>
    /// <exception cref="ArgumentException">These are several lines; nothing was sent.</exception>
    /// <exception cref="CommandTimeoutException">The device did not take the line in time.</exception>
    /// <exception cref="ConnectionLostException">The session died.</exception>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [ChangesState]
    Task SendAsync(string line, CancellationToken cancellationToken = default);

    /// <summary>Waits for the prompt after a line that was sent, or for a question such as <c>[confirm]</c>.</summary>
    /// <param name="until">What to wait for, looked for in the last line as far as it has arrived; the prompt if null.</param>
    /// <param name="timeout">How long to wait, as for <see cref="ExecuteAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the device printed before it, as <see cref="ExecuteAsync"/> returns it.</returns>
    /// <exception cref="CommandTimeoutException">It did not come in time; <see cref="CommandTimeoutException.Received"/> has what came.</exception>
    /// <exception cref="ConnectionLostException">The session died.</exception>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [ChangesState]
    Task<string> ReceiveAsync(Regex? until = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default);
}
