namespace Connections.Native.Rpc.Arbitration;

/// <summary>What lies where in the memory of a name, in words of 64 bits. The first line of the cache is the segment's own header.</summary>
/// <remarks>
/// Numbers of rows and places may have been read from that memory, into which others write: where there is no such row or place, the answer is a
/// negative word, which no memory has.
/// </remarks>
internal static class RegistryLayout
{
    /// <summary>Four letters that tell this kind of segment from others.</summary>
    public const uint Kind = 0x00_43_50_52;

    public const int MostClients = 256;
    public const int MostServers = 64;
    public const int MostSeats = 64;
    public const int MostContracts = 8;
    public const int MostTickets = 1024;

    /// <summary>The number of the first ticket that waits, and of the next one that is given out: what every claim looks at.</summary>
    public const int Head = LineWords;
    public const int Tail = Head + 1;

    /// <summary>How many words there are.</summary>
    public const int Words = Tickets + (MostTickets * TicketWords);

    /// <summary>The size of it all in bytes.</summary>
    public const int Size = Words * sizeof(ulong);

    private const int Nowhere = int.MinValue;
    private const int LineWords = 8;
    private const int Clients = 2 * LineWords;
    private const int ClientWords = LineWords;
    private const int Servers = Clients + (MostClients * ClientWords);
    private const int ServerHeadWords = 2 * LineWords;
    private const int ServerWords = ServerHeadWords + MostSeats;
    private const int ContractsOffset = 4;
    private const int Tickets = Servers + (MostServers * ServerWords);
    private const int TicketWords = 2;

    /// <summary>The process of a client; 0 for none.</summary>
    public static int Client(int client) => (uint)client < MostClients ? Clients + (client * ClientWords) : Nowhere;

    /// <summary>What a client sleeps on.</summary>
    public static int Bell(int client) => Client(client) + 1;

    /// <summary>The process of a server; 0 for none. Written last when one joins, and first when it leaves.</summary>
    public static int Server(int server) => (uint)server < MostServers ? Servers + (server * ServerWords) : Nowhere;

    /// <summary>A number that no other server ever has: the name of its channel.</summary>
    public static int Instance(int server) => Server(server) + 1;

    /// <summary>How many seats a server has.</summary>
    public static int Capacity(int server) => Server(server) + 2;

    /// <summary>Whether a server takes no more calls.</summary>
    public static int IsClosing(int server) => Server(server) + 3;

    /// <summary>A contract that a server serves; 0 for none. See <see cref="ContractWord"/>.</summary>
    public static int Contract(int server, int index) => (uint)index < MostContracts ? Server(server) + ContractsOffset + index : Nowhere;

    /// <summary>How many calls a row's servers have served, those of earlier owners included.</summary>
    public static int Served(int server) => Server(server) + ContractsOffset + MostContracts;

    /// <summary>A place at a server: a <see cref="SeatWord"/>.</summary>
    public static int Seat(int server, int seat) => (uint)seat < MostSeats ? Server(server) + ServerHeadWords + seat : Nowhere;

    /// <summary>A place in the queue: a <see cref="TicketWord"/>.</summary>
    public static int Ticket(ulong number) => Tickets + ((int)(number % MostTickets) * TicketWords);

    /// <summary>What the owner of a ticket waits for.</summary>
    public static int Wanted(ulong number) => Ticket(number) + 1;
}
