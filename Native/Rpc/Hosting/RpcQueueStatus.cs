namespace Connections.Native.Rpc.Hosting;

/// <summary>How it stands at an address.</summary>
/// <param name="Waiting">How many calls wait for a server.</param>
/// <param name="Seats">How many calls its servers take at once, all together.</param>
/// <param name="Busy">How many of these places are taken.</param>
public readonly record struct RpcQueueStatus(int Waiting, int Seats, int Busy)
{
    /// <summary>How many calls were served there, by servers that are gone too, since the address was first used.</summary>
    public long Served { get; init; }
}
