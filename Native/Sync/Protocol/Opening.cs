namespace Connections.Native.Sync.Protocol;

/// <summary>Finds or makes the lock of a name, and makes the process a participant in it.</summary>
internal struct Opening(HybridLockMode mode, ulong identity, bool ownsNew)
{
    private Phase _phase;
    private Sweep _sweep;
    private Joining _joining;
    private Retirement _retirement;
    private Destruction _destruction;

    private enum Phase : byte
    {
        Open,
        Look,
        Sweep,
        Join,
        Retire,
        Destroy,
        Remove,
        Create,
    }

    /// <summary>Once done: the slot of the process.</summary>
    public int Slot { get; private set; }

    /// <summary>Once done: whether the lock is new.</summary>
    public bool HasCreated { get; private set; }

    /// <summary>The word of a lock that is made: generation 1 if its maker owns it from the start.</summary>
    public static LockWord FirstWord(bool isOwned) => isOwned ? default(LockWord).TakenBy(FirstSlot, mayHaveWaiters: false) : default;

    private const int FirstSlot = 1;

    /// <summary>Takes one step.</summary>
    public LockStep Step<TWorld>(ref TWorld world)
        where TWorld : ILockWorld
    {
        switch (_phase)
        {
            case Phase.Open:
                return world.TryOpen() ? GoOn(Phase.Look)
                    : mode == HybridLockMode.ConnectToExisting ? LockStep.Missing
                    : GoOn(Phase.Create);
            case Phase.Look:
                return See(world.ReadWord(), world.Slots);
            case Phase.Sweep:
                return _sweep.Step(ref world) == LockStep.More ? LockStep.More : GoOn(Phase.Join);
            case Phase.Join:
                return Join(ref world);
            case Phase.Retire:
                return _retirement.Step(ref world) switch
                {
                    LockStep.Done => GoOn(Phase.Remove),
                    LockStep.Busy => LockStep.Exists,
                    _ => LockStep.More,
                };
            case Phase.Destroy:
                return _destruction.Step(ref world) == LockStep.More ? LockStep.More : GoOn(Phase.Remove);
            case Phase.Remove:
                world.Remove();
                return GoOn(Phase.Open);
            default:
                return Create(ref world);
        }
    }

    private LockStep GoOn(Phase phase)
    {
        _phase = phase;
        return LockStep.More;
    }

    private LockStep See(LockWord word, int slots)
    {
        if (!word.IsSound(slots) && mode != HybridLockMode.CreateNewOverwrite)
        {
            return LockStep.Corrupt;
        }

        // Destroyed by one who was killed before it could remove the name, or is about to.
        if (word.IsDestroyed)
        {
            return mode == HybridLockMode.ConnectToExisting ? LockStep.Missing : GoOn(Phase.Remove);
        }

        switch (mode)
        {
            case HybridLockMode.CreateNewOverwrite:
                _destruction = new Destruction();
                return GoOn(Phase.Destroy);
            case HybridLockMode.CreateNewExclusive:
                _retirement = new Retirement(evenIfLost: true);
                return GoOn(Phase.Retire);
            default:
                _sweep = new Sweep();
                _joining = new Joining(identity);
                return GoOn(Phase.Sweep);
        }
    }

    private LockStep Join<TWorld>(ref TWorld world)
        where TWorld : ILockWorld
    {
        var step = _joining.Step(ref world);
        if (step == LockStep.Done)
        {
            Slot = _joining.Slot;
        }

        return step == LockStep.Destroyed ? GoOn(Phase.Look) : step;
    }

    private LockStep Create<TWorld>(ref TWorld world)
        where TWorld : ILockWorld
    {
        if (!world.TryCreate(identity, FirstWord(ownsNew)))
        {
            return GoOn(Phase.Open);
        }

        Slot = FirstSlot;
        HasCreated = true;
        return LockStep.Done;
    }
}
