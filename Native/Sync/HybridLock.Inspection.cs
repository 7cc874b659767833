using System.Globalization;
using Connections.Native.SharedMemory;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Sync;

// Who has which lock, for people and for messages; and taking one away.
public sealed partial class HybridLock
{
    /// <summary>
    /// Lists the locks that somebody has, waits for, or has lost without anybody having had them since; by name. Locks that the dead have left
    /// with nothing to tell are removed.
    /// </summary>
    /// <param name="directory">Where to look; null for this user's own locks. See <see cref="HybridLockOptions.Directory"/>.</param>
    /// <remarks>Each is read while it is in use, so what one tells may have changed before the other is looked at.</remarks>
    /// <exception cref="SharedMemoryException">The directory cannot be read or is not safe.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static IReadOnlyList<HybridLockStatus> Holders(string? directory = null)
    {
        var path = SegmentDirectory.Prepare(directory);
        var locks = new List<HybridLockStatus>();
        foreach (var file in Directory.EnumerateFiles(path, "*" + Extension).Order(StringComparer.Ordinal))
        {
            if (Look(SegmentDirectory.NameOf(file), directory) is { } status)
            {
                locks.Add(status);
            }
        }

        return locks;
    }

    /// <summary>Who has this lock and who waits for it, now.</summary>
    public HybridLockStatus Status => StatusOf(Name, _memory);

    /// <summary>
    /// Takes a lock away from its owner, dead or alive, for whoever wants it next. The next owner gets it as after a death
    /// (<see cref="HybridLockHold.PreviousOwnerDied"/>); the former one learns it at its next step, by <see cref="LockBrokenException"/>. For
    /// people, who know that the owner does nothing any more with what the lock guards.
    /// </summary>
    /// <param name="name">The lock.</param>
    /// <param name="directory">Where it is; null for this user's own. See <see cref="HybridLockOptions.Directory"/>.</param>
    /// <returns>Who had it; null if nobody did.</returns>
    /// <exception cref="NoSuchLockException">There is no such lock.</exception>
    /// <exception cref="SharedMemoryException">It cannot be opened, or is damaged.</exception>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static HybridLockUser? Break(string name, string? directory = null)
    {
        using var world = WorldOf(name, HybridLockMode.ConnectToExisting, default, directory, presence: null);
        if (!world.TryOpen())
        {
            throw NoSuch(name, directory);
        }

        var owner = StatusOf(name, world.Memory).Owner;
        var breaking = new Breaking();
        var memory = world.Memory;
        LockStep step;
        do
        {
            step = breaking.Step(ref memory);
        }
        while (step == LockStep.More);

        if (step is LockStep.Destroyed or LockStep.Corrupt)
        {
            throw step == LockStep.Destroyed ? NoSuch(name, directory) : Corrupt(name);
        }

        SweepAway(world, evenIfLost: true);
        return step == LockStep.Free ? null : owner ?? UserOf(breaking.FormerOwner, since: 0);
    }

    private static HybridLockStatus? Look(string name, string? directory)
    {
        try
        {
            using var world = WorldOf(name, HybridLockMode.ConnectToExisting, default, directory, presence: null);
            if (!world.TryOpen())
            {
                return null;
            }

            // Not swept while there is something to tell: that the owner is dead, for one.
            var status = StatusOf(name, world.Memory);
            if (status.Owner is not null || status.Waiters.Count > 0 || status.PreviousOwnerDied)
            {
                return status;
            }

            SweepAway(world, evenIfLost: false);
            return null;
        }
        catch (SharedMemoryException error)
        {
            return new HybridLockStatus(name, null, [], false) { Problem = error.Message };
        }
    }

    // What nobody alive takes part in; also what was destroyed by one who was killed before it could remove the name.
    private static void SweepAway(LockWorld world, bool evenIfLost)
    {
        var retirement = new Retirement(evenIfLost);
        LockStep step;
        do
        {
            step = retirement.Step(ref world);
        }
        while (step == LockStep.More);

        if (step == LockStep.Done || world.ReadWord().IsDestroyed)
        {
            world.Remove();
        }
    }

    private static HybridLockStatus StatusOf(string name, in LockMemory memory)
    {
        var word = memory.ReadWord();
        var owner = word.IsFree || !word.IsSound(memory.Slots)
            ? null
            : UserOf(memory.ReadSlot(word.Owner), Volatile.Read(ref memory.HeldSince(word.Owner)));
        var waiters = new List<HybridLockUser>();
        for (var slot = 1; slot <= memory.Slots; slot++)
        {
            if (Volatile.Read(ref memory.WaitsSince(slot)) is not 0 and var since
                && memory.ReadSlot(slot) is not 0 and var identity && memory.IsAlive(identity))
            {
                waiters.Add(UserOf(identity, since));
            }
        }

        return new HybridLockStatus(name, owner, [.. waiters.OrderBy(static waiter => waiter.Since)], word.WasLost);
    }

    // The time may be any number that somebody wrote.
    private static HybridLockUser UserOf(ulong identity, ulong since)
    {
        var process = PackedIdentity.Unpack(identity);
        var isAlive = PackedIdentity.IsAlive(identity);
        var now = MonotonicTime.Coarse;
        var elapsed = TimeSpan.FromMilliseconds(since < now ? now - since : 0);
        return new HybridLockUser(process, isAlive ? ProcessStat.ReadName(process.ProcessId) : null, DateTimeOffset.UtcNow - elapsed, isAlive)
        {
            Command = isAlive ? ProcessCommand.Read(process.ProcessId) : null,
        };
    }

    private static string Describe(HybridLockStatus status)
    {
        var waiting = status.Waiters.Count switch
        {
            0 => "",
            1 => $"; {status.Waiters[0]} waits for it",
            var count => string.Create(CultureInfo.InvariantCulture, $"; {count} processes wait for it, {status.Waiters[0]} longest"),
        };
        var owner = status.Owner is { } user
            ? string.Create(
                CultureInfo.InvariantCulture, $"{user} has had it since {user.Since:HH:mm:ss} UTC, for {(DateTimeOffset.UtcNow - user.Since).TotalSeconds:0.###} s")
            : "nobody has it";
        return $"Lock '{status.Name}': {owner}{waiting}.";
    }

    private string Describe() => Describe(Status);

    private HybridLockTimeoutException TimedOut(TimeSpan timeout)
    {
        var status = Status;
        return new HybridLockTimeoutException(
            string.Create(CultureInfo.InvariantCulture, $"The lock '{Name}' was not to be had within {timeout.TotalSeconds:0.######} s. {Describe(status)} ")
            + "Give it a longer timeout, or find out why it is held so long; to take it away by hand, break it.")
        { Status = status };
    }
}
