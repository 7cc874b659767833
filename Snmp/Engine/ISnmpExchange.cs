namespace Connections.Snmp.Engine;

/// <summary>
/// Carries requests to one agent by other means than an engine's sockets, such as a process that speaks to it. The engine still writes the messages,
/// judges the answers, and makes walks of them, so that a caller sees no difference. One exchange at a time.
/// </summary>
internal interface ISnmpExchange
{
    /// <summary>Sends one attempt, and waits for its answer.</summary>
    /// <param name="message">
    /// A whole message of SNMPv1 or SNMPv2c, whose community is empty and whose request-id means nothing: security is the other side's. It is read before the call returns.
    /// </param>
    /// <param name="attempt">How long to wait, and what is known of the request.</param>
    /// <param name="cancellationToken">Ends the wait at any moment.</param>
    /// <exception cref="SnmpAuthenticationException">The agent does not accept the user.</exception>
    /// <exception cref="SnmpException">The request cannot be sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<ExchangeReply> ExchangeAsync(ReadOnlySpan<byte> message, ExchangeAttempt attempt, CancellationToken cancellationToken);
}
