using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory.Sockets;
using Connections.Native.Sync;

namespace Connections.Native.SharedMemory.Rings;

/// <summary>
/// The word by which one side of a ring tells the other that it sleeps, and how it is to be woken. It announces that, looks at the ring once
/// more, and then sleeps; the other one writes into the ring, and then looks at the word. So one of them sees the other.
/// </summary>
internal readonly unsafe struct ParkingWord(ulong* word)
{
    private const ulong Awake = 0;
    private const ulong AsleepOnWord = 1;
    private const ulong AwaitsRing = 2;

    /// <summary>Whether there is somebody to wake; to be asked after a full fence.</summary>
    public bool IsParked
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref *word) != Awake;
    }

    /// <summary>Announces a thread that will <see cref="Sleep"/>, by a full fence.</summary>
    public void AnnounceSleep() => Interlocked.Exchange(ref *word, AsleepOnWord);

    /// <summary>Announces that the doorbell is awaited, by a full fence.</summary>
    public void AnnounceAwait() => Interlocked.Exchange(ref *word, AwaitsRing);

    /// <summary>Takes the announcement back.</summary>
    public void Withdraw() => Volatile.Write(ref *word, Awake);

    /// <summary>Sleeps until woken, until a time has come, or for no reason; not at all if woken since <see cref="AnnounceSleep"/>.</summary>
    public void Sleep(long deadline) => Futex.Sleep(word, (uint)AsleepOnWord, deadline);

    /// <summary>Wakes the other side, in the way it has announced. What it says may be anything.</summary>
    public void Wake(UnixSocket socket)
    {
        switch (Interlocked.Exchange(ref *word, Awake))
        {
            case AsleepOnWord:
                Futex.WakeUp(word, 1);
                break;
            case AwaitsRing:
                socket.Ring();
                break;
        }
    }

    /// <summary>Wakes whoever of this process sleeps.</summary>
    public void WakeOwn()
    {
        Interlocked.Exchange(ref *word, Awake);
        Futex.WakeUp(word, int.MaxValue);
    }
}
