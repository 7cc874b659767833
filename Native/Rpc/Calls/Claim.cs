namespace Connections.Native.Rpc.Calls;

/// <summary>The right to make one call.</summary>
/// <param name="Connection">To the server.</param>
/// <param name="Seat">The place at the server, where places are claimed.</param>
/// <param name="Word">What proves the claim.</param>
/// <param name="Server">Which server that is, where there are several.</param>
internal readonly record struct Claim(ClientConnection Connection, int Seat, ulong Word, int Server);
