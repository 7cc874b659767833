namespace Connections.Snmp.Transport.Streams;

/// <summary>A connection that has ended.</summary>
/// <param name="Peer">Whom it led to.</param>
/// <param name="Kind">Why it ended.</param>
/// <param name="MessageIds">The ids of the messages that were given to it last, whether they were answered or not.</param>
internal readonly record struct StreamLoss(DatagramEndPoint Peer, DatagramErrorKind Kind, IReadOnlyCollection<int> MessageIds);
