using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory.Sockets;
using Connections.Native.Sync;

namespace Connections.Native.SharedMemory.Rings;

/// <summary>
/// The word by which one side of a ring tells the other that it sleeps, and how it is to be woken. It announces that, looks at the ring once
/// more, and then sleeps; the other one writes into the ring, and then looks at the word. So one of them sees the other.
/// </summary>
/// <remarks>
/// That takes a full fence between the two steps of each. The one who goes to sleep issues it for both (<see cref="MachineBarrier"/>), since
/// the other one passes millions of times a second. Where there is no such fence, the word says from the start that the other is to have one
/// of its own.
/// </remarks>
internal readonly unsafe struct ParkingWord(ulong* word)
{
    private const ulong Awake = 0;
    private const ulong AsleepOnWord = 1;
    private const ulong AwaitsRing = 2;
    private const ulong NeedsFence = 4;

    private static readonly ulong Constant = MachineBarrier.IsAvailable ? Awake : NeedsFence;

    /// <summary>Says how this side will sleep; before the other one can have anything to wake it for.</summary>
    public void Open() => Interlocked.Exchange(ref *word, Constant);

    /// <summary>Announces a thread that will <see cref="Sleep"/>.</summary>
    public void AnnounceSleep() => Announce(AsleepOnWord);

    /// <summary>Announces that the doorbell is awaited.</summary>
    public void AnnounceAwait() => Announce(AwaitsRing);

    /// <summary>Takes the announcement back.</summary>
    public void Withdraw() => Volatile.Write(ref *word, Constant);

    /// <summary>Sleeps until woken, until a time has come, or for no reason; not at all if woken since <see cref="AnnounceSleep"/>.</summary>
    public void Sleep(long deadline) => Futex.Sleep(word, (uint)(AsleepOnWord | Constant), deadline);

    /// <summary>Wakes the other side if it sleeps, in the way it has announced. What it says may be anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WakeIfParked(UnixSocket socket)
    {
        if (Volatile.Read(ref *word) != Awake)
        {
            Wake(socket);
        }
    }

    /// <summary>Wakes whoever of this process sleeps.</summary>
    public void WakeOwn()
    {
        Interlocked.Exchange(ref *word, Constant);
        Futex.WakeUp(word, int.MaxValue);
    }

    private void Announce(ulong how)
    {
        Volatile.Write(ref *word, how | Constant);
        MachineBarrier.Issue();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wake(UnixSocket socket)
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref *word) is Awake or NeedsFence)
        {
            return;
        }

        switch (Interlocked.And(ref *word, NeedsFence) & ~NeedsFence)
        {
            case AsleepOnWord:
                Futex.WakeUp(word, 1);
                break;
            case AwaitsRing:
                socket.Ring();
                break;
        }
    }
}
