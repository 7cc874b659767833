using System.Runtime.Versioning;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync;

[Platform("Linux")]
[SupportedOSPlatform("linux")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HybridLockTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LocksOfTest _locks = new();

    private string Name => _locks.Name;

    public void Dispose() => _locks.Dispose();

    [Test]
    public void Two_participants_exclude_each_other()
    {
        var (first, second) = (_locks.Open(), _locks.Open());

        var hold = first.Lock();
        Assert.That(second.TryLock(out _), Is.False);
        Assert.That((first.IsHeld, second.IsHeld, hold.IsHeld), Is.EqualTo((true, false, true)));
        hold.Dispose();

        Assert.That(second.TryLock(out var other), Is.True);
        Assert.That((first.IsHeld, second.IsHeld, other.PreviousOwnerDied), Is.EqualTo((false, true, false)));
    }

    [Test]
    public void The_last_to_leave_removes_the_lock()
    {
        var (first, second) = (_locks.Open(), _locks.Open());
        Assert.That((first.WasCreated, second.WasCreated), Is.EqualTo((true, false)));

        first.Dispose();
        Assert.That(File.Exists(LockNames.FileOf(Name)), Is.True);
        second.Dispose();
        second.Dispose();

        Assert.That(File.Exists(LockNames.FileOf(Name)), Is.False);
    }

    [Test]
    public void One_who_leaves_unlocks()
    {
        var (first, second) = (_locks.Open(), _locks.Open());
        first.Lock();

        first.Dispose();

        Assert.That(second.TryLock(out var hold), Is.True);
        Assert.That(hold.PreviousOwnerDied, Is.False);
    }

    [Test]
    public void One_who_is_forgotten_while_it_holds_loses_the_lock()
    {
        var second = _locks.Open();
        LockAndForget();

        Assert.That(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return second.TryLock(out var hold) && hold.PreviousOwnerDied;
            },
            Is.True.After(30).Seconds.PollEvery(5).MilliSeconds);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void LockAndForget() => new HybridLock(Name).Lock();

    [Test]
    public void Only_its_user_can_open_a_lock()
    {
        _locks.Open();

        Assert.That(File.GetUnixFileMode(LockNames.FileOf(Name)), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(
            File.GetUnixFileMode(SegmentDirectory.OfUser), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public void A_lock_for_others_needs_a_directory_for_them() =>
        Assert.That(
            () => new HybridLock(Name, options: new HybridLockOptions { Permissions = UnixFileMode.UserRead | UnixFileMode.GroupRead }),
            Throws.ArgumentException);

    [Test]
    public void A_lock_for_others_has_the_mode_that_was_asked_for_whatever_the_mask_is()
    {
        const UnixFileMode mode = (UnixFileMode)0x1B6;
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            using var shared = new HybridLock(Name, options: new HybridLockOptions { Permissions = mode, Directory = directory.FullName });

            Assert.That(File.GetUnixFileMode(Path.Combine(directory.FullName, Name + ".lock")), Is.EqualTo(mode));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Test]
    public void A_directory_in_which_anybody_can_remove_files_is_refused()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            File.SetUnixFileMode(directory.FullName, (UnixFileMode)0x1FF);

            Assert.That(
                () => new HybridLock(Name, options: new HybridLockOptions { Directory = directory.FullName }),
                Throws.TypeOf<SharedMemoryException>().With.Message.Contains("sticky"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Test]
    public void To_connect_to_a_lock_that_does_not_exist_fails() =>
        Assert.That(() => _locks.Open(HybridLockMode.ConnectToExisting), Throws.TypeOf<NoSuchLockException>().With.Message.Contains(Name));

    [Test]
    public void To_make_a_lock_of_ones_own_fails_where_somebody_uses_it()
    {
        _locks.Open().Lock();

        Assert.That(
            () => _locks.Open(HybridLockMode.CreateNewExclusive),
            Throws.TypeOf<LockExistsException>().With.Message.Contains($"process {Environment.ProcessId} "));
    }

    [Test]
    public void A_lock_that_the_dead_have_left_does_not_keep_anyone_from_making_it()
    {
        LeaveForDead(_locks.Open());

        Assert.That(_locks.Open(HybridLockMode.CreateNewExclusive).WasCreated, Is.True);
    }

    [Test]
    public async Task A_lock_that_is_overwritten_is_over_for_all_who_use_it()
    {
        var (owner, waiter, awaiter) = (_locks.Open(), _locks.Open(), _locks.Open());
        var hold = owner.Lock();
        var waiting = LocksOfTest.StartThread(() => waiter.Lock());
        var awaiting = awaiter.LockAsync().AsTask();
        await _locks.WaitersAsync(2);

        var fresh = _locks.Open(HybridLockMode.CreateNewOverwrite);

        Assert.That(() => waiting.WaitAsync(Patience), Throws.TypeOf<LockDestroyedException>());
        Assert.That(() => awaiting.WaitAsync(Patience), Throws.TypeOf<LockDestroyedException>());
        Assert.That(hold.IsHeld, Is.False);
        Assert.That(hold.Dispose, Throws.TypeOf<LockDestroyedException>());
        Assert.That(() => owner.TryLock(out _), Throws.TypeOf<LockDestroyedException>());
        Assert.That(fresh.WasCreated, Is.True);
        Assert.That(fresh.TryLock(out _), Is.True);
        Assert.That(_locks.Open(HybridLockMode.ConnectToExisting).TryLock(out _), Is.False);
        owner.Dispose();
        Assert.That(File.Exists(LockNames.FileOf(Name)), Is.True);
    }

    [Test]
    public void A_lock_can_be_made_owned()
    {
        var owner = _locks.Open(HybridLockMode.ConnectOrCreate, new HybridLockOptions { InitialValue = 0 });
        var other = _locks.Open(HybridLockMode.ConnectOrCreate, new HybridLockOptions { InitialValue = 0 });

        Assert.That((owner.IsHeld, other.IsHeld), Is.EqualTo((true, false)));
        Assert.That(other.TryLock(out _), Is.False);
        owner.Unlock();
        Assert.That(other.TryLock(out _), Is.True);
    }

    [TestCase(-1)]
    [TestCase(2)]
    public void A_lock_is_free_or_owned_at_first(int value) =>
        Assert.That(() => new HybridLockOptions { InitialValue = value }, Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Only_the_owner_unlocks()
    {
        var (owner, other) = (_locks.Open(), _locks.Open());
        var hold = owner.Lock();

        Assert.That(other.Unlock, Throws.TypeOf<SynchronizationLockException>().With.Message.Contains($"process {Environment.ProcessId} "));
        Assert.That(owner.IsHeld, Is.True);
        hold.Dispose();
        hold.Dispose();
        Assert.That(owner.Unlock, Throws.TypeOf<SynchronizationLockException>().With.Message.Contains("nobody has it"));
    }

    [Test]
    public void A_hold_unlocked_twice_does_not_unlock_the_next_one()
    {
        var used = _locks.Open();
        var first = used.Lock();
        first.Dispose();
        var second = used.Lock();

        first.Dispose();

        Assert.That((first.IsHeld, second.IsHeld), Is.EqualTo((false, true)));
    }

    [Test]
    public void One_who_loses_the_lock_to_a_person_learns_it()
    {
        var (owner, other) = (_locks.Open(), _locks.Open());
        var hold = owner.Lock();

        var former = HybridLock.Break(Name);

        Assert.That(former!.Process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That((owner.IsHeld, hold.IsHeld), Is.EqualTo((false, false)));
        Assert.That(LockNames.StatusOf(Name), Has.Property("PreviousOwnerDied").True.And.Property("Owner").Null);
        Assert.That(other.TryLock(out var next), Is.True);
        Assert.That(next.PreviousOwnerDied, Is.True);
        Assert.That(owner.Unlock, Throws.TypeOf<LockBrokenException>());
        Assert.That(next.IsHeld, Is.True);
        next.Dispose();
        Assert.That(owner.TryLock(out var again) && !again.PreviousOwnerDied, Is.True);
    }

    [Test]
    public void One_who_lost_the_lock_does_not_unlock_another_thread_of_its_process()
    {
        var used = _locks.Open();
        var first = used.Lock();
        HybridLock.Break(Name);
        var second = used.Lock();

        Assert.That(first.Dispose, Throws.TypeOf<LockBrokenException>());
        Assert.That(first.Dispose, Throws.Nothing);
        Assert.That(second.IsHeld, Is.True);
    }

    [Test]
    public void A_lock_that_nobody_has_is_not_broken()
    {
        _locks.Open();

        Assert.That(HybridLock.Break(Name), Is.Null);
        Assert.That(() => HybridLock.Break(LockNames.New()), Throws.TypeOf<NoSuchLockException>());
    }

    [Test]
    public void Breaking_what_only_the_dead_use_removes_it()
    {
        var owner = _locks.Open();
        owner.Lock();
        LeaveForDead(owner);

        var former = HybridLock.Break(Name);

        Assert.That(former!.IsAlive, Is.False);
        Assert.That(File.Exists(LockNames.FileOf(Name)), Is.False);
    }

    [Test]
    public async Task It_can_be_seen_who_has_which_lock_and_who_waits()
    {
        var (owner, waiter) = (_locks.Open(), _locks.Open());
        Assert.That(LockNames.StatusOf(Name), Is.Null);
        var before = DateTimeOffset.UtcNow;
        var hold = owner.Lock();
        var waiting = LocksOfTest.StartThread(() => waiter.Lock());
        await _locks.WaitersAsync(1);

        var status = LockNames.StatusOf(Name)!;

        Assert.That(status.Owner!.Process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That(status.Owner.ProcessName, Is.Not.Empty);
        Assert.That(status.Owner.Since, Is.EqualTo(before).Within(TimeSpan.FromSeconds(30)));
        Assert.That(status.Waiters.Single().Process, Is.EqualTo(ProcessIdentity.Current));
        hold.Dispose();
        await waiting.WaitAsync(Patience);
        Assert.That(LockNames.StatusOf(Name), Has.Property("Waiters").Empty);
    }

    [TestCase("..")]
    [TestCase("../../etc/passwd")]
    [TestCase("a b/c\\d\n%41ü")]
    public void A_name_may_have_any_characters(string name)
    {
        using var used = new HybridLock(name + Name);
        used.Lock();

        Assert.That(LockNames.StatusOf(name + Name), Is.Not.Null);
        Assert.That(Path.GetDirectoryName(LockNames.FileOf(name + Name)), Is.EqualTo(SegmentDirectory.OfUser));
    }

    [Test]
    public void A_name_is_neither_empty_nor_too_long()
    {
        Assert.That(() => new HybridLock(""), Throws.ArgumentException);
        Assert.That(() => new HybridLock(new string('x', 251)), Throws.ArgumentException.With.Message.Contains("256"));
    }

    // As if the process had been killed: the slot goes to a process that cannot be.
    private static void LeaveForDead(HybridLock used)
    {
        using var tampering = new Tampering(used.Name);
        tampering.ForgeIdentities(PackedIdentity.Pack(ProcessIdentity.Current with { StartTime = ProcessIdentity.Current.StartTime - 1 }));
    }
}
