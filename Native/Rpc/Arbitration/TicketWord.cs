namespace Connections.Native.Rpc.Arbitration;

/// <summary>A place in the queue as one word: its state, whose it is, which place at which server was given to it, and its number.</summary>
/// <param name="Bits">The word.</param>
internal readonly record struct TicketWord(ulong Bits)
{
    private const int StateBits = 2;
    private const int PartBits = 8;
    private const ulong StateMask = (1 << StateBits) - 1;
    private const ulong PartMask = (1 << PartBits) - 1;
    private const int ServerShift = StateBits + PartBits;
    private const int SeatShift = ServerShift + PartBits;
    private const int NumberShift = SeatShift + PartBits;

    public TicketState State => (TicketState)(Bits & StateMask);

    public int Client => (int)((Bits >> StateBits) & PartMask);

    public int Server => (int)((Bits >> ServerShift) & PartMask);

    public int Seat => (int)((Bits >> SeatShift) & PartMask);

    /// <summary>The lower 38 bits of the ticket's number.</summary>
    private ulong Number => Bits >> NumberShift;

    /// <summary>How far the number of a ticket may be behind the next one: half of what tells numbers apart.</summary>
    public const ulong MostBehind = 1UL << (63 - NumberShift);

    /// <summary>The number, of a ticket that was drawn before the one that comes next.</summary>
    public ulong NumberBefore(ulong next) => next - 1 - ((next - 1 - Number) & (ulong.MaxValue >> NumberShift));

    /// <summary>A client that waits.</summary>
    public static TicketWord Waiting(int client, ulong number) =>
        new((ulong)TicketState.Waiting | ((ulong)client << StateBits) | (number << NumberShift));

    /// <summary>The same, with a place.</summary>
    public TicketWord GrantedAt(int server, int seat) =>
        new((ulong)TicketState.Granted | ((ulong)Client << StateBits) | ((ulong)server << ServerShift) | ((ulong)seat << SeatShift) | (Number << NumberShift));

    /// <summary>Whether it is that ticket, and not an earlier or later one of the same place.</summary>
    public bool IsNumber(ulong number) => Number == number << NumberShift >> NumberShift;

    /// <summary>Whether that ticket waits.</summary>
    public bool IsWaiting(ulong number) => State == TicketState.Waiting && IsNumber(number);
}
