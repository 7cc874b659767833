namespace Connections.Snmp.Transport.Streams;

/// <summary>
/// Sends and receives messages as <see cref="IDatagramSocket"/> does, but over a connection to each peer, which is made when a message is to be sent and there is
/// none. A message is lost with its connection alone, and the loss is told.
/// </summary>
internal interface IStreamSocket : IDatagramSocket
{
    /// <summary>Takes word of a connection that has ended, or was never made; false when none is waiting. One thread at a time.</summary>
    bool TryReceiveLoss(out StreamLoss loss);

    /// <summary>Ends the connection to a peer, if there is one: it brings nothing. Any thread.</summary>
    void Drop(in DatagramEndPoint peer);
}
