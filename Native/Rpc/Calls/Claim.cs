namespace Connections.Native.Rpc.Calls;

/// <summary>The right to make one call.</summary>
/// <param name="Connection">To the server.</param>
/// <param name="Seat">The place at the server, where places are claimed.</param>
/// <param name="Word">What proves the claim.</param>
internal readonly record struct Claim(ClientConnection Connection, uint Seat, ulong Word);
