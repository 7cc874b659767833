namespace Connections.Native.Rpc.Arbitration;

/// <summary>What a place in the queue is.</summary>
internal enum TicketState
{
    /// <summary>Nobody's.</summary>
    Empty,

    /// <summary>Of a client that waits.</summary>
    Waiting,

    /// <summary>Of a client to which a place at a server was given.</summary>
    Granted,
}
