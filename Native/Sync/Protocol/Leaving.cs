namespace Connections.Native.Sync.Protocol;

/// <summary>
/// Ends the part of a process that does not own the lock; it ends <see cref="LockStep.Done"/> if it was the last, and the name is then to be
/// removed, else <see cref="LockStep.Busy"/>.
/// </summary>
internal struct Leaving(int slot, ulong identity)
{
    private Retirement _retirement = new(evenIfLost: false);
    private bool _hasLeft;

    /// <summary>Takes one step.</summary>
    public LockStep Step<TMemory>(ref TMemory memory)
        where TMemory : ILockMemory
    {
        if (_hasLeft)
        {
            return _retirement.Step(ref memory);
        }

        // First, so that of two who leave at once at least one finds nobody else.
        memory.SwapSlot(slot, 0, identity);
        _hasLeft = true;
        return LockStep.More;
    }
}
