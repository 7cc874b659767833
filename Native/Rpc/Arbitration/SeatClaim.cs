namespace Connections.Native.Rpc.Arbitration;

/// <summary>A place at a server that was claimed.</summary>
/// <param name="Server">The server's row.</param>
/// <param name="Seat">The place.</param>
/// <param name="Instance">Which server that is, whoever gets the row later.</param>
/// <param name="Word">The word of the place, as it was claimed.</param>
/// <param name="Turn">Its place in the order of all calls: the ticket it had, or the last one that was drawn before it.</param>
internal readonly record struct SeatClaim(int Server, int Seat, ulong Instance, SeatWord Word, ulong Turn);
