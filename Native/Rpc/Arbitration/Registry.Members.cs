namespace Connections.Native.Rpc.Arbitration;

internal sealed partial class Registry
{
    /// <summary>Takes in a client. Null if there are too many.</summary>
    public int? JoinAsClient(ulong identity)
    {
        memory.Enter();
        try
        {
            Clean();
            ReadQueue();
            for (var client = 0; client < RegistryLayout.MostClients; client++)
            {
                if (memory.Read(RegistryLayout.Client(client)) == 0)
                {
                    memory.Write(RegistryLayout.Client(client), identity);
                    return client;
                }
            }

            return null;
        }
        finally
        {
            memory.Exit();
        }
    }

    /// <summary>Takes in a server. Null if there are too many.</summary>
    public int? JoinAsServer(ulong identity, ulong instance, int capacity, IReadOnlyList<ulong> contracts)
    {
        memory.Enter();
        try
        {
            Clean();
            ReadQueue();
            for (var server = 0; server < RegistryLayout.MostServers; server++)
            {
                if (memory.Read(RegistryLayout.Server(server)) == 0)
                {
                    Fill(server, identity, instance, capacity, contracts);
                    Grant();
                    return server;
                }
            }

            return null;
        }
        finally
        {
            memory.Exit();
        }
    }

    /// <summary>A server takes no more calls; those that it has may end.</summary>
    public void Close(int server)
    {
        memory.Write(RegistryLayout.IsClosing(server), 1);
        for (var seat = 0; seat < SeatsOf(server); seat++)
        {
            var word = new SeatWord(memory.Read(RegistryLayout.Seat(server, seat)));
            if (word.State == SeatState.Free)
            {
                memory.TryReplace(RegistryLayout.Seat(server, seat), word.Bits, word.Removed().Bits);
            }
        }
    }

    /// <summary>A client leaves: what it has claimed goes to others.</summary>
    /// <returns>Whether nobody is left.</returns>
    public bool LeaveAsClient(int client)
    {
        memory.Enter();
        try
        {
            RemoveClient(client);
            Clean();
            Grant();
            return IsEmpty();
        }
        finally
        {
            memory.Exit();
        }
    }

    /// <summary>A server leaves.</summary>
    /// <returns>Whether nobody is left.</returns>
    public bool LeaveAsServer(int server)
    {
        memory.Enter();
        try
        {
            RemoveServer(server);
            Clean();
            Grant();
            return IsEmpty();
        }
        finally
        {
            memory.Exit();
        }
    }

    /// <summary>Takes back what the dead have left, and gives what is free to those who wait. Nothing happens if the lock is not to be had.</summary>
    public void Sweep()
    {
        if (!memory.TryEnter())
        {
            return;
        }

        try
        {
            Clean();
            Grant();
        }
        finally
        {
            memory.Exit();
        }
    }

    // Under the lock, as all that follows.
    private void Clean()
    {
        for (var server = 0; server < RegistryLayout.MostServers; server++)
        {
            if (memory.Read(RegistryLayout.Server(server)) is not 0 and var identity && !memory.IsAlive(identity))
            {
                RemoveServer(server);
            }
        }

        for (var client = 0; client < RegistryLayout.MostClients; client++)
        {
            if (memory.Read(RegistryLayout.Client(client)) is not 0 and var identity && !memory.IsAlive(identity))
            {
                RemoveClient(client);
            }
        }

        FreeSeats(static (registry, server, seat, word) => word.State == SeatState.Offered && !registry.IsGranted(word.Owner, server, seat));
    }

    // A claim of a place that has no client is one of a client that was removed while it claimed.
    private void RemoveClient(int client)
    {
        for (var place = 0UL; place < RegistryLayout.MostTickets; place++)
        {
            var word = new TicketWord(memory.Read(RegistryLayout.Ticket(place)));
            if (word.State != TicketState.Empty && word.Client == client)
            {
                memory.Write(RegistryLayout.Ticket(place), 0);
            }
        }

        FreeSeats((_, _, _, word) => word.State == SeatState.Claimed && word.Owner == client);
        memory.Write(RegistryLayout.Client(client), 0);
    }

    private void FreeSeats(Func<Registry, int, int, SeatWord, bool> isLost)
    {
        for (var server = 0; server < RegistryLayout.MostServers; server++)
        {
            for (var seat = 0; memory.Read(RegistryLayout.Server(server)) != 0 && seat < SeatsOf(server); seat++)
            {
                var word = new SeatWord(memory.Read(RegistryLayout.Seat(server, seat)));
                if (isLost(this, server, seat, word))
                {
                    var after = memory.Read(RegistryLayout.IsClosing(server)) == 0 ? word.Freed() : word.Removed();
                    memory.TryReplace(RegistryLayout.Seat(server, seat), word.Bits, after.Bits);
                }
            }
        }
    }

    private bool IsGranted(int place, int server, int seat)
    {
        var word = new TicketWord(memory.Read(RegistryLayout.Ticket((ulong)place)));
        return place < RegistryLayout.MostTickets && word.State == TicketState.Granted && word.Server == server && word.Seat == seat;
    }

    private void Fill(int server, ulong identity, ulong instance, int capacity, IReadOnlyList<ulong> contracts)
    {
        // Those of an owner before who was cut off as it left; and whoever has looked at them must not take them for the new one's.
        RemoveSeats(server);
        memory.Write(RegistryLayout.Instance(server), instance);
        memory.Write(RegistryLayout.Capacity(server), (ulong)capacity);
        memory.Write(RegistryLayout.IsClosing(server), 0);
        for (var i = 0; i < RegistryLayout.MostContracts; i++)
        {
            memory.Write(RegistryLayout.Contract(server, i), i < contracts.Count ? contracts[i] : 0);
        }

        memory.Write(RegistryLayout.Server(server), identity);
        for (var seat = 0; seat < capacity; seat++)
        {
            var place = RegistryLayout.Seat(server, seat);
            memory.Write(place, new SeatWord(memory.Read(place)).Freed().Bits);
        }
    }

    private void RemoveServer(int server)
    {
        memory.Write(RegistryLayout.Server(server), 0);
        RemoveSeats(server);
    }

    private void RemoveSeats(int server)
    {
        for (var seat = 0; seat < RegistryLayout.MostSeats; seat++)
        {
            RemoveSeat(RegistryLayout.Seat(server, seat));
        }

        ReturnTickets(server);
    }

    private void RemoveSeat(int place)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var word = new SeatWord(memory.Read(place));
            if (word.State == SeatState.Closed || memory.TryReplace(place, word.Bits, word.Removed().Bits))
            {
                return;
            }
        }

        throw memory.Damage("a seat changes all the time");
    }

    private bool IsEmpty()
    {
        for (var server = 0; server < RegistryLayout.MostServers; server++)
        {
            if (memory.Read(RegistryLayout.Server(server)) != 0)
            {
                return false;
            }
        }

        for (var client = 0; client < RegistryLayout.MostClients; client++)
        {
            if (memory.Read(RegistryLayout.Client(client)) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
