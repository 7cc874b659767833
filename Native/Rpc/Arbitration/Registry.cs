using Connections.Native.SharedMemory;

namespace Connections.Native.Rpc.Arbitration;

/// <summary>
/// Who serves and who calls under one name, and which call goes to which server next. Thread-safe; each method can be cut off by the death of its
/// process after any step.
/// </summary>
/// <remarks>
/// <para>A server has seats, one for each call that it serves at once. A call takes a free seat with one compare-and-swap, if nobody waits. Else
/// it draws a ticket, under the lock, and whoever frees a seat gives it, under the lock, to the first ticket that wants what the server serves: the
/// seat is offered first, then the ticket granted, so a seat that is offered to a ticket that still waits is a grant that was cut off, and is
/// finished by whoever comes next. Who has a ticket granted makes the seat his own, and gives the ticket back after. The server turns the
/// claim into a call that runs, and frees the seat when it has ended: so a caller that dies in mid-call does not make a busy server look free.</para>
/// <para>Whoever frees looks at the queue after, and whoever has drawn a ticket looks for free seats after, so one of them sees the other. A
/// claim that looked at the queue before a ticket was drawn may come first; it began first, too.</para>
/// <para>What the dead leave is taken back under the lock by <see cref="Sweep"/>: by those who wait, several times a second, and by those who
/// join. A dead client's claims and offers become free, and so does the seat of a grant that was cut off; its tickets become empty; a dead server's row is
/// removed, and who was given a seat there and has not taken it waits again with the ticket that he had. Who has taken one and finds the server
/// dead returns to his place. Nothing under the lock
/// is ever half done in a way that the next one could not tell, so who dies with it needs no special care.</para>
/// <para>Processes of the same name trust each other, as with any lock. If one writes into the memory what cannot be, the others get typed errors,
/// and each step has an end: at most all places of the queue are looked at for each of them, and all seats.</para>
/// </remarks>
/// <param name="memory">The memory.</param>
internal sealed partial class Registry(IRegistryMemory memory)
{
    // Others who do what they may do not come in between so often.
    private const int MostTries = 10_000;

    /// <summary>Whether anybody has a ticket and no place.</summary>
    private bool IsQueued => memory.Read(RegistryLayout.Head) != memory.Read(RegistryLayout.Tail);

    /// <summary>Takes a free seat, if nobody waits.</summary>
    /// <param name="client">Who wants it.</param>
    /// <param name="contract">What is to be served there.</param>
    /// <param name="preferred">The row to look at first.</param>
    /// <param name="avoided">Servers that are known to be gone.</param>
    public SeatClaim? TryClaim(int client, ulong contract, int preferred, IReadOnlySet<ulong> avoided)
    {
        var tail = memory.Read(RegistryLayout.Tail);
        if (memory.Read(RegistryLayout.Head) != tail)
        {
            return null;
        }

        for (var i = 0; i < RegistryLayout.MostServers; i++)
        {
            var server = (preferred + i) % RegistryLayout.MostServers;
            if (memory.Read(RegistryLayout.Server(server)) != 0 && TryClaimAt(server, client, contract, avoided, tail) is { } claim)
            {
                return claim;
            }
        }

        return null;
    }

    /// <summary>The server begins the call that has a claim. False if the claim is not, or no longer, valid.</summary>
    public bool TryBegin(int server, int seat, SeatWord claim, out SeatWord running)
    {
        running = claim.Begun();
        return claim.State == SeatState.Claimed && memory.TryReplace(RegistryLayout.Seat(server, seat), claim.Bits, running.Bits);
    }

    /// <summary>Frees a seat, by the server whose call has ended or by the client whose claim was not used; nothing happens if it is not as it was.</summary>
    public void Free(int server, int seat, SeatWord was)
    {
        var after = memory.Read(RegistryLayout.IsClosing(server)) == 0 ? was.Freed() : was.Removed();
        if (memory.TryReplace(RegistryLayout.Seat(server, seat), was.Bits, after.Bits) && IsQueued)
        {
            Serve();
        }
    }

    /// <summary>Gives what is free to those who wait. If the lock is not to be had, they will do so themselves.</summary>
    private void Serve()
    {
        if (!memory.TryEnter())
        {
            return;
        }

        try
        {
            Grant();
        }
        catch (SharedMemoryException)
        {
            // Those who wait are told: what was freed is free.
        }
        finally
        {
            memory.Exit();
        }
    }

    /// <summary>The versions that are served of a contract's service, and whether anybody serves anything.</summary>
    public (IReadOnlyList<int> Versions, bool IsServed) Find(ulong contract)
    {
        var versions = new SortedSet<int>();
        var isServed = false;
        for (var server = 0; server < RegistryLayout.MostServers; server++)
        {
            if (memory.Read(RegistryLayout.Server(server)) == 0 || memory.Read(RegistryLayout.IsClosing(server)) != 0)
            {
                continue;
            }

            isServed = true;
            for (var i = 0; i < RegistryLayout.MostContracts; i++)
            {
                var served = memory.Read(RegistryLayout.Contract(server, i));
                if (served != 0 && ContractWord.IsSameService(served, contract))
                {
                    versions.Add(ContractWord.VersionOf(served));
                }
            }
        }

        return ([.. versions], isServed);
    }

    /// <summary>The servers that have a row.</summary>
    public IReadOnlySet<ulong> Instances()
    {
        var instances = new HashSet<ulong>();
        for (var server = 0; server < RegistryLayout.MostServers; server++)
        {
            if (memory.Read(RegistryLayout.Server(server)) != 0)
            {
                instances.Add(memory.Read(RegistryLayout.Instance(server)));
            }
        }

        return instances;
    }

    private SeatClaim? TryClaimAt(int server, int client, ulong contract, IReadOnlySet<ulong> avoided, ulong tail)
    {
        for (var seat = 0; seat < SeatsOf(server); seat++)
        {
            // The seat first: if the row gets another owner meanwhile, the seat is not what it was, and the swap fails.
            var free = new SeatWord(memory.Read(RegistryLayout.Seat(server, seat)));
            if (free.State != SeatState.Free)
            {
                continue;
            }

            var instance = memory.Read(RegistryLayout.Instance(server));
            if (!Serves(server, contract) || avoided.Contains(instance))
            {
                return null;
            }

            var claimed = free.ClaimedBy(client);
            if (memory.TryReplace(RegistryLayout.Seat(server, seat), free.Bits, claimed.Bits))
            {
                return new SeatClaim(server, seat, instance, claimed, Math.Max(tail, 1) - 1);
            }
        }

        return null;
    }

    private int SeatsOf(int server) => (int)Math.Min(memory.Read(RegistryLayout.Capacity(server)), RegistryLayout.MostSeats);

    private bool Serves(int server, ulong contract)
    {
        if (memory.Read(RegistryLayout.IsClosing(server)) != 0)
        {
            return false;
        }

        for (var i = 0; i < RegistryLayout.MostContracts; i++)
        {
            if (memory.Read(RegistryLayout.Contract(server, i)) == contract)
            {
                return true;
            }
        }

        return false;
    }
}
