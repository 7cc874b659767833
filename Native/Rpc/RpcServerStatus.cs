namespace Connections.Native.Rpc;

/// <summary>A server of an address in shared memory, as it was at a moment.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Capacity">How many calls it serves at once.</param>
/// <param name="Running">How many it serves.</param>
/// <param name="IsClosing">Whether it takes no more.</param>
public sealed record RpcServerStatus(int ProcessId, int Capacity, int Running, bool IsClosing);
