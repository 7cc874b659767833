namespace Connections.Native.Rpc.Arbitration;

internal sealed partial class Registry
{
    /// <summary>Draws a ticket. Null if too many have one.</summary>
    /// <param name="client">Who waits.</param>
    /// <param name="contract">What for.</param>
    /// <param name="turn">The turn of one whose server died before it began anything: his place in the queue is still there. Null for a new one.</param>
    public ulong? Enqueue(int client, ulong contract, ulong? turn = null)
    {
        memory.Enter();
        try
        {
            var (_, tail) = ReadQueue();
            if ((FreeTurn(turn, tail) ?? FreeTicket(tail)) is not { } number)
            {
                return null;
            }

            memory.Write(RegistryLayout.Wanted(number), contract);
            memory.Write(RegistryLayout.Ticket(number), TicketWord.Waiting(client, number).Bits);
            // A swap for its fence: whoever frees a seat and does not see the ticket is seen to have freed it.
            memory.TryReplace(RegistryLayout.Tail, tail, Math.Max(tail, number + 1));
            MoveHeadTo(number);
            Grant();
            return number;
        }
        finally
        {
            memory.Exit();
        }
    }

    /// <summary>Makes the seat that was given to a ticket the client's own, and gives the ticket back.</summary>
    /// <param name="client">Whose it is.</param>
    /// <param name="number">The ticket.</param>
    /// <param name="claim">The seat; null if nothing was given yet, or it is gone again, with its server.</param>
    /// <returns>Whether the ticket has been used up.</returns>
    public bool TryCollect(int client, ulong number, out SeatClaim? claim)
    {
        claim = null;
        var word = new TicketWord(memory.Read(RegistryLayout.Ticket(number)));
        if (word.IsWaiting(number))
        {
            return false;
        }

        if (word.State == TicketState.Granted && word.IsNumber(number))
        {
            claim = Collect(client, number, word);
            if (!memory.TryReplace(RegistryLayout.Ticket(number), word.Bits, 0))
            {
                // The server was removed at this moment, and the ticket waits again.
                claim = null;
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives a ticket back whose owner waits no longer, or, if a seat was given to it meanwhile, that.</summary>
    public void Withdraw(int client, ulong number)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (TryCollect(client, number, out var claim))
            {
                if (claim is { } given)
                {
                    Free(given.Server, given.Seat, given.Word);
                }

                return;
            }

            var word = new TicketWord(memory.Read(RegistryLayout.Ticket(number)));
            if (word.IsWaiting(number) && memory.TryReplace(RegistryLayout.Ticket(number), word.Bits, 0))
            {
                return;
            }
        }

        throw memory.Damage($"ticket {number} changes all the time");
    }

    /// <summary>How many tickets wait, in memory or a copy of it.</summary>
    /// <param name="read">Reads a word.</param>
    public static int CountWaiting(Func<int, ulong> read) => Enumerable.Range(0, RegistryLayout.MostTickets)
        .Count(place => new TicketWord(read(RegistryLayout.Ticket((ulong)place))).State == TicketState.Waiting);

    private SeatClaim? Collect(int client, ulong number, TicketWord word)
    {
        var seat = RegistryLayout.Seat(word.Server, word.Seat);
        var offered = new SeatWord(memory.Read(seat));
        var instance = memory.Read(RegistryLayout.Instance(word.Server));
        var claimed = offered.ClaimedBy(client);
        return offered.State == SeatState.Offered
            && offered.Owner == (int)(number % RegistryLayout.MostTickets)
            && memory.TryReplace(seat, offered.Bits, claimed.Bits)
                ? new SeatClaim(word.Server, word.Seat, instance, claimed, number)
                : null;
    }

    // Those before it have had their turn, so it takes the nearest of their places if another has its own by now.
    private ulong? FreeTurn(ulong? turn, ulong tail)
    {
        for (var back = 0UL; turn is { } own && back < RegistryLayout.MostTickets && back <= own && IsRecent(own - back, tail); back++)
        {
            if (memory.Read(RegistryLayout.Ticket(own - back)) == 0)
            {
                return own - back;
            }
        }

        return null;
    }

    private static bool IsRecent(ulong number, ulong tail) => number < tail && tail - number <= TicketWord.MostBehind;

    // Under the lock. The head first, which never passes the tail.
    private (ulong Head, ulong Tail) ReadQueue()
    {
        var head = memory.Read(RegistryLayout.Head);
        var tail = memory.Read(RegistryLayout.Tail);
        return head <= tail && tail - head <= TicketWord.MostBehind && tail <= long.MaxValue
            ? (head, tail)
            : throw memory.Damage($"its queue begins with ticket {head} and ends before {tail}");
    }

    // A swap for its fence, as with the tail. Under the lock.
    private void MoveHeadTo(ulong number)
    {
        if (memory.Read(RegistryLayout.Head) is var head && number < head)
        {
            memory.TryReplace(RegistryLayout.Head, head, number);
        }
    }

    // Who has not taken the place that was given to him at a server that is no more waits again where he waited. Under the lock.
    private void ReturnTickets(int server)
    {
        var tail = memory.Read(RegistryLayout.Tail);
        for (var place = 0UL; place < RegistryLayout.MostTickets; place++)
        {
            var word = new TicketWord(memory.Read(RegistryLayout.Ticket(place)));
            var number = word.NumberBefore(tail);
            if (word.State != TicketState.Granted || word.Server != server)
            {
                continue;
            }

            var isKept = number % RegistryLayout.MostTickets == place && IsRecent(number, tail);
            if (isKept)
            {
                // The head first: who is cut off here leaves nobody waiting where no one looks.
                MoveHeadTo(number);
            }

            memory.TryReplace(RegistryLayout.Ticket(place), word.Bits, isKept ? TicketWord.Waiting(word.Client, number).Bits : 0);
        }
    }

    // Places of the queue that their owners have not given back yet are left out.
    private ulong? FreeTicket(ulong tail)
    {
        for (var number = tail; number < tail + RegistryLayout.MostTickets; number++)
        {
            if (memory.Read(RegistryLayout.Ticket(number)) == 0)
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>Gives free seats to those who wait, in their order. Under the lock.</summary>
    private void Grant()
    {
        var (head, tail) = ReadQueue();
        List<ulong>? refused = null;
        for (var number = FindWaiting(head, tail); number < tail; number = FindWaiting(number + 1, tail))
        {
            var word = new TicketWord(memory.Read(RegistryLayout.Ticket(number)));
            var wanted = memory.Read(RegistryLayout.Wanted(number));
            if (!word.IsWaiting(number) || refused?.Contains(wanted) == true)
            {
                continue;
            }

            if (TryOffer(number, wanted) is var (server, seat, offered))
            {
                Confirm(number, word, server, seat, offered);
            }
            else
            {
                // Nothing is left for those after it who want the same, and what is freed from now on is for this one.
                (refused ??= []).Add(wanted);
            }
        }

        // The head goes past all that do not wait.
        if (FindWaiting(head, tail) is var first && first != head)
        {
            memory.Write(RegistryLayout.Head, first);
        }
    }

    // The first ticket that waits, of this number or a later one; the tail if there is none. One that waits for long may be far behind those of all
    // other places.
    private ulong FindWaiting(ulong number, ulong tail)
    {
        if (tail - number > RegistryLayout.MostTickets)
        {
            return FindWaitingAnywhere(number, tail);
        }

        while (number < tail && !new TicketWord(memory.Read(RegistryLayout.Ticket(number))).IsWaiting(number))
        {
            number++;
        }

        return number;
    }

    private ulong FindWaitingAnywhere(ulong number, ulong tail)
    {
        var first = tail;
        for (var place = 0UL; place < RegistryLayout.MostTickets; place++)
        {
            var word = new TicketWord(memory.Read(RegistryLayout.Ticket(place)));
            var found = word.NumberBefore(tail);
            if (word.State == TicketState.Waiting && found >= number && found < first && found % RegistryLayout.MostTickets == place)
            {
                first = found;
            }
        }

        return first;
    }

    // The ticket may be withdrawn at this moment: then the seat is for the next one.
    private void Confirm(ulong number, TicketWord waiting, int server, int seat, SeatWord offered)
    {
        if (memory.TryReplace(RegistryLayout.Ticket(number), waiting.Bits, waiting.GrantedAt(server, seat).Bits))
        {
            Ring(waiting.Client);
        }
        else
        {
            memory.TryReplace(RegistryLayout.Seat(server, seat), offered.Bits, offered.Freed().Bits);
        }
    }

    private void Ring(int client)
    {
        var bell = RegistryLayout.Bell(client);
        memory.Write(bell, memory.Read(bell) + 1);
        memory.Wake(bell);
    }

    private (int Server, int Seat, SeatWord Offered)? TryOffer(ulong number, ulong contract)
    {
        for (var server = 0; server < RegistryLayout.MostServers; server++)
        {
            if (memory.Read(RegistryLayout.Server(server)) == 0 || !Serves(server, contract))
            {
                continue;
            }

            for (var seat = 0; seat < SeatsOf(server); seat++)
            {
                var free = new SeatWord(memory.Read(RegistryLayout.Seat(server, seat)));
                var offered = free.OfferedTo(number);
                if (free.State == SeatState.Free && memory.TryReplace(RegistryLayout.Seat(server, seat), free.Bits, offered.Bits))
                {
                    return (server, seat, offered);
                }
            }
        }

        return null;
    }
}
