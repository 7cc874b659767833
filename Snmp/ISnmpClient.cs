using Connections.Pools;

namespace Connections.Snmp;

/// <summary>
/// Talks SNMP to one agent: a connection, a pool of connections under one alias, or a light handle on the engine. Everything else
/// (GET, SET, walks) is extension methods on these two calls: see <see cref="SnmpClientExtensions"/>.
/// </summary>
/// <remarks>Thread-safe. Cancelling a call never disturbs another one.</remarks>
[Pooled]
public interface ISnmpClient
{
    /// <summary>Sends one request and returns the agent's response, also one that reports an error status.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="cancellationToken">Ends the wait at any moment.</param>
    /// <exception cref="SnmpTimeoutException">No valid response came in time, for all retransmissions.</exception>
    /// <exception cref="SnmpAuthenticationException">The agent does not accept the user of SNMPv3; each reason has a type of its own.</exception>
    /// <exception cref="SnmpUnknownContextException">The agent does not have the context that is asked by SNMPv3.</exception>
    /// <exception cref="SnmpException">The request cannot be sent: the version does not have it, or it is too large.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Fetches one bounded burst of a walk, from where the request's cursor stands. A stream is a loop of bursts, so that a lock or a
    /// lease is held while a burst is on its way and never in between.
    /// </summary>
    /// <param name="request">The walk, where it stands, and how many replies to take at most.</param>
    /// <param name="cancellationToken">Ends the burst at any moment.</param>
    /// <exception cref="SnmpTimeoutException">No valid response came in time to the burst's first request.</exception>
    /// <exception cref="SnmpAuthenticationException">The agent does not accept the user of SNMPv3; each reason has a type of its own.</exception>
    /// <exception cref="SnmpUnknownContextException">The agent does not have the context that is asked by SNMPv3.</exception>
    /// <exception cref="SnmpErrorStatusException">The agent answered the burst's first request with an error.</exception>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase, so that the walk would never end.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default);
}
