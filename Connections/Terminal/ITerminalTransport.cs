using System.Net.Sockets;

namespace Connections.Terminal;

/// <summary>
/// Text in both directions between this process and a command line: over a network, or to a local process. It knows of no prompts and no
/// timeouts; <see cref="TerminalChannel"/> adds both.
/// </summary>
/// <remarks>
/// One read at a time. Writes take turns, and go on beside a read. <see cref="IDisposable.Dispose"/> may be called at any moment, and
/// again: an open, a read and writes in progress fail. A transport is opened once; after it was closed, make another.
/// </remarks>
public interface ITerminalTransport : IDisposable
{
    /// <summary>Opens the transport.</summary>
    /// <param name="cancellationToken">Ends the attempt; the transport is then to be disposed.</param>
    /// <exception cref="IOException">The other side cannot be reached, or refuses.</exception>
    /// <exception cref="SocketException">Likewise, over a network.</exception>
    /// <exception cref="ObjectDisposedException">The transport was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits for text.</summary>
    /// <param name="cancellationToken">Ends the wait; what arrives later is there for the next read.</param>
    /// <returns>What has arrived: at least one character, as the other side printed it (lines usually end in <c>\r\n</c>), cut anywhere
    /// but within a character of UTF-8. Bytes that are no UTF-8 become U+FFFD.</returns>
    /// <exception cref="EndOfStreamException">The other side closed the transport.</exception>
    /// <exception cref="IOException">The transport broke.</exception>
    /// <exception cref="SocketException">Likewise, over a network.</exception>
    /// <exception cref="ObjectDisposedException">The transport was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<string> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends text; each <c>\n</c> in it goes out as what ends a line in the transport's protocol.</summary>
    /// <param name="text">The text; control characters are sent as they are.</param>
    /// <param name="cancellationToken">Ends the wait; a part of the text may have been sent.</param>
    /// <exception cref="IOException">The transport broke.</exception>
    /// <exception cref="SocketException">Likewise, over a network.</exception>
    /// <exception cref="ObjectDisposedException">The transport was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask WriteAsync(string text, CancellationToken cancellationToken = default);
}
