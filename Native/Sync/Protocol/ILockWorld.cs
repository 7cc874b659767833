namespace Connections.Native.Sync.Protocol;

/// <summary>The memory of the lock that a name leads to, and the name itself. Each member is one step, as in <see cref="ILockMemory"/>.</summary>
internal interface ILockWorld : ILockMemory
{
    /// <summary>Opens what the name leads to; from then on the memory is its. False if the name leads nowhere.</summary>
    bool TryOpen();

    /// <summary>
    /// Makes a new lock, whole before anybody sees it, with its first slot taken by <paramref name="identity"/>, and gives it the name; from
    /// then on the memory is its. False if the name is in use.
    /// </summary>
    bool TryCreate(ulong identity, LockWord word);

    /// <summary>Takes the name away from the lock that was opened or made, if it still has it.</summary>
    void Remove();
}
