namespace Connections.Native.Rpc.Arbitration;

/// <summary>What a place at a server is.</summary>
internal enum SeatState
{
    /// <summary>Not there.</summary>
    Closed,

    /// <summary>To be had.</summary>
    Free,

    /// <summary>Given to a ticket of the queue, whose owner has not taken it yet.</summary>
    Offered,

    /// <summary>A client's, whose call has not begun.</summary>
    Claimed,

    /// <summary>The server's, which serves a call on it.</summary>
    Running,
}
