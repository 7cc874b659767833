using Connections.Native.SharedMemory;

namespace Connections.Native.Rpc.Arbitration;

/// <summary>
/// The memory in which the servers and clients of one name find each other, and what belongs to it: so that the steps of the protocol can be
/// run one by one, and cut off after any of them.
/// </summary>
internal interface IRegistryMemory
{
    /// <summary>Reads a word; nothing that follows happens before. Of words outside, this and the next two throw <see cref="Damage"/>.</summary>
    ulong Read(int word);

    /// <summary>Writes a word; nothing that came before happens after.</summary>
    void Write(int word, ulong value);

    /// <summary>Replaces a word if it is what is expected; a full fence.</summary>
    bool TryReplace(int word, ulong expected, ulong value);

    /// <summary>The error of memory in which somebody has written what cannot be.</summary>
    /// <param name="what">What that is.</param>
    SharedMemoryException Damage(string what);

    /// <summary>Whether a process may still run.</summary>
    bool IsAlive(ulong identity);

    /// <summary>Wakes a client that sleeps on its bell.</summary>
    void Wake(int bell);

    /// <summary>Takes the lock that guards the queue and who takes part. It does not matter whether the one before died with it.</summary>
    void Enter();

    /// <summary>As <see cref="Enter"/>, but soon gives up, if one who has the lock does not go on.</summary>
    bool TryEnter();

    /// <summary>Gives the lock back.</summary>
    void Exit();
}
