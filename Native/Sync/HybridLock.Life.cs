using Connections.Native.SharedMemory;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Sync;

// Coming to a lock, and leaving it.
public sealed partial class HybridLock
{
    private const string Extension = ".lock";

    private static LockWorld WorldOf(string name, HybridLockMode mode, UnixFileMode permissions, string? directory, Presence? presence)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Locks between processes need Linux, for its futex and its /proc.");
        }

        return new LockWorld(SegmentDirectory.FileOf(SegmentDirectory.Prepare(directory), name, Extension), mode, permissions, presence);
    }

    private Opening Open(LockWorld world, HybridLockMode mode, string? directory, bool ownsNew)
    {
        var opening = new Opening(mode, PackedIdentity.Current, ownsNew);
        LockStep step;
        do
        {
            step = opening.Step(ref world);
        }
        while (step == LockStep.More);

        return step switch
        {
            LockStep.Done => opening,
            LockStep.Missing => throw NoSuch(Name, directory),
            LockStep.Exists => throw new LockExistsException(
                $"There is a lock '{Name}' already, and somebody uses it. Connect to it, overwrite it, or choose another name. {Describe(StatusOf(Name, world.Memory))}"),
            LockStep.Full => throw new SharedMemoryException($"The lock '{Name}' has as many participants as it can have, {LockLayout.Slots}. Let one of them leave."),
            _ => throw Corrupt(Name),
        };
    }

    private void Leave()
    {
        var leaving = new Leaving(_slot, PackedIdentity.Current);
        LockStep step;
        do
        {
            step = leaving.Step(ref _memory);
        }
        while (step == LockStep.More);

        if (step == LockStep.Done)
        {
            _segment.Remove();
        }

        _segment.Dispose();
        GC.KeepAlive(this);
    }

    // Whichever thread took it: those who take it from now on see that this participant is leaving, and give it back themselves.
    private void GiveBack()
    {
        var word = _memory.ReadWord();
        if (word.Owner == _slot)
        {
            GiveBackAs(word.Generation);
        }
    }

    private LockStep GiveBackAs(uint generation)
    {
        var release = new Release(_slot, generation);
        LockStep step;
        do
        {
            step = release.Step(ref _memory);
        }
        while (step == LockStep.More);

        GC.KeepAlive(this);
        return step;
    }

    // By one who has not unlocked, and never will: its slot alone would say that it is alive.
    private void Abandon()
    {
        if (_memory.ReadWord().Owner == _slot)
        {
            var breaking = new Breaking();
            while (breaking.Step(ref _memory) == LockStep.More)
            {
            }
        }
    }

    private LockDestroyedException Destroyed() =>
        new($"The lock '{Name}' was overwritten with a new one by another process. Whoever goes on must open it again.");

    private LockBrokenException Broken() =>
        new($"The lock '{Name}' was taken from this process by hand, and others may have had it since. Check what it guards before going on. {Describe()}");

    private static NoSuchLockException NoSuch(string name, string? directory) =>
        new($"There is no lock '{name}' in {SegmentDirectory.Prepare(directory)}. Make it first, or connect with ConnectOrCreate.");

    private static SharedMemoryException Corrupt(string name) =>
        new($"The lock '{name}' is damaged: its word is none that a lock can have. Overwrite it.");
}
