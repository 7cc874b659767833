namespace Connections.Terminal;

// Steps of a login, which knows no prompt yet.
public sealed partial class TerminalChannel
{
    /// <summary>Opens the transport, and waits for nothing.</summary>
    internal Task ConnectAsync(CancellationToken cancellationToken) => _transport.OpenAsync(cancellationToken);

    /// <summary>Reads until something is found in what the device prints.</summary>
    /// <param name="find">Looks for it after each piece; takes what belongs to it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task<T> FindAsync<T>(Func<TerminalText, T?> find, CancellationToken cancellationToken)
        where T : struct => ReadUntilAsync(find, cancellationToken);

    /// <summary>Sends an answer of which no message will tell.</summary>
    internal Task AnswerAsync(string answer, CancellationToken cancellationToken) => WriteAsync(answer + "\n", cancellationToken);

    /// <summary>What the device has printed that nobody took, for messages.</summary>
    internal string Unanswered => _received.Tail(MostToldOfOutput).ReplaceLineEndings("\n").Trim();
}
