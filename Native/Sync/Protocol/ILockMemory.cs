namespace Connections.Native.Sync.Protocol;

/// <summary>
/// What the steps of the protocol work on: the words that processes share, and what they can learn of each other. Each member is one step
/// that others see whole or not at all. The lock has mapped memory, the model that proves the protocol has an array.
/// </summary>
/// <remarks>Slots are numbered from 1.</remarks>
internal interface ILockMemory
{
    /// <summary>How many slots the lock has.</summary>
    int Slots { get; }

    /// <summary>Whether this participant has begun to leave, so that its slot may be another's by now. Known to its own process alone.</summary>
    bool IsLeaving { get; }

    /// <summary>Reads the word of the lock.</summary>
    LockWord ReadWord();

    /// <summary>Changes the word if it is the expected one, and returns what it was.</summary>
    LockWord SwapWord(LockWord word, LockWord expected);

    /// <summary>Reads whose slot it is: an identity, or 0.</summary>
    ulong ReadSlot(int slot);

    /// <summary>Changes whose slot it is if that is the expected one, and returns whose it was.</summary>
    ulong SwapSlot(int slot, ulong identity, ulong expected);

    /// <summary>Wakes one who sleeps on the word, if any.</summary>
    void WakeOne();

    /// <summary>Wakes all who sleep on the word.</summary>
    void WakeAll();

    /// <summary>Whether a process may still run. Once this is false it stays false.</summary>
    bool IsAlive(ulong identity);
}
