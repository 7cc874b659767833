namespace Connections.Native.Rpc.Arbitration;

/// <summary>
/// A place at a server as one word: its state; who has it, a client or a ticket's place; and a generation, which grows whenever it becomes free or
/// the server's row gets another owner, so that nobody takes what he has looked at long ago.
/// </summary>
/// <param name="Bits">The word.</param>
internal readonly record struct SeatWord(ulong Bits)
{
    private const int StateBits = 3;
    private const int OwnerBits = 16;
    private const ulong StateMask = (1 << StateBits) - 1;
    private const ulong OwnerMask = (1 << OwnerBits) - 1;

    public SeatState State => (SeatState)(Bits & StateMask);

    public int Owner => (int)((Bits >> StateBits) & OwnerMask);

    private ulong Generation => Bits >> (StateBits + OwnerBits);

    /// <summary>The same place, free, and no longer what anybody has seen.</summary>
    public SeatWord Freed() => Make(SeatState.Free, 0, Generation + 1);

    /// <summary>The same place, taken away.</summary>
    public SeatWord Removed() => Make(SeatState.Closed, 0, Generation + 1);

    public SeatWord OfferedTo(ulong ticket) => Make(SeatState.Offered, (int)(ticket % RegistryLayout.MostTickets), Generation);

    public SeatWord ClaimedBy(int client) => Make(SeatState.Claimed, client, Generation);

    public SeatWord Begun() => Make(SeatState.Running, Owner, Generation);

    private static SeatWord Make(SeatState state, int owner, ulong generation) =>
        new((ulong)state | ((ulong)owner << StateBits) | (generation << (StateBits + OwnerBits)));
}
