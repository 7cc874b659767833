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
    private static readonly TimeSpan Soon = TimeSpan.FromMicroseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _name = LockNames.New();
    private readonly List<HybridLock> _locks = [];

    public void Dispose() => _locks.ForEach(static used => used.Dispose());

    [Test]
    public void Two_participants_exclude_each_other()
    {
        var (first, second) = (Open(), Open());

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
        var (first, second) = (Open(), Open());
        Assert.That((first.WasCreated, second.WasCreated), Is.EqualTo((true, false)));

        first.Dispose();
        Assert.That(File.Exists(LockNames.FileOf(_name)), Is.True);
        second.Dispose();
        second.Dispose();

        Assert.That(File.Exists(LockNames.FileOf(_name)), Is.False);
    }

    [Test]
    public void One_who_leaves_unlocks()
    {
        var (first, second) = (Open(), Open());
        first.Lock();

        first.Dispose();

        Assert.That(second.TryLock(out var hold), Is.True);
        Assert.That(hold.PreviousOwnerDied, Is.False);
    }

    [Test]
    public void One_who_is_forgotten_while_it_holds_loses_the_lock()
    {
        var second = Open();
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
    private void LockAndForget() => new HybridLock(_name).Lock();

    [Test]
    public void Only_its_user_can_open_a_lock()
    {
        Open();

        Assert.That(File.GetUnixFileMode(LockNames.FileOf(_name)), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(
            File.GetUnixFileMode(SegmentDirectory.OfUser), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public void A_lock_for_others_needs_a_directory_for_them() =>
        Assert.That(
            () => new HybridLock(_name, options: new HybridLockOptions { Permissions = UnixFileMode.UserRead | UnixFileMode.GroupRead }),
            Throws.ArgumentException);

    [Test]
    public void A_lock_for_others_has_the_mode_that_was_asked_for_whatever_the_mask_is()
    {
        const UnixFileMode mode = (UnixFileMode)0x1B6;
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            using var shared = new HybridLock(_name, options: new HybridLockOptions { Permissions = mode, Directory = directory.FullName });

            Assert.That(File.GetUnixFileMode(Path.Combine(directory.FullName, _name + ".lock")), Is.EqualTo(mode));
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
                () => new HybridLock(_name, options: new HybridLockOptions { Directory = directory.FullName }),
                Throws.TypeOf<SharedMemoryException>().With.Message.Contains("sticky"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Test]
    public void To_connect_to_a_lock_that_does_not_exist_fails() =>
        Assert.That(() => Open(HybridLockMode.ConnectToExisting), Throws.TypeOf<NoSuchLockException>().With.Message.Contains(_name));

    [Test]
    public void To_make_a_lock_of_ones_own_fails_where_somebody_uses_it()
    {
        Open().Lock();

        Assert.That(
            () => Open(HybridLockMode.CreateNewExclusive),
            Throws.TypeOf<LockExistsException>().With.Message.Contains($"process {Environment.ProcessId} "));
    }

    [Test]
    public void A_lock_that_the_dead_have_left_does_not_keep_anyone_from_making_it()
    {
        LeaveForDead(Open());

        Assert.That(Open(HybridLockMode.CreateNewExclusive).WasCreated, Is.True);
    }

    [Test]
    public async Task A_lock_that_is_overwritten_is_over_for_all_who_use_it()
    {
        var (owner, waiter, awaiter) = (Open(), Open(), Open());
        var hold = owner.Lock();
        var waiting = StartThread(() => waiter.Lock());
        var awaiting = awaiter.LockAsync().AsTask();
        await WaitersAsync(2);

        var fresh = Open(HybridLockMode.CreateNewOverwrite);

        Assert.That(() => waiting.WaitAsync(Patience), Throws.TypeOf<LockDestroyedException>());
        Assert.That(() => awaiting.WaitAsync(Patience), Throws.TypeOf<LockDestroyedException>());
        Assert.That(hold.IsHeld, Is.False);
        Assert.That(hold.Dispose, Throws.TypeOf<LockDestroyedException>());
        Assert.That(() => owner.TryLock(out _), Throws.TypeOf<LockDestroyedException>());
        Assert.That(fresh.WasCreated, Is.True);
        Assert.That(fresh.TryLock(out _), Is.True);
        Assert.That(Open(HybridLockMode.ConnectToExisting).TryLock(out _), Is.False);
        owner.Dispose();
        Assert.That(File.Exists(LockNames.FileOf(_name)), Is.True);
    }

    [Test]
    public void A_lock_can_be_made_owned()
    {
        var owner = Open(HybridLockMode.ConnectOrCreate, new HybridLockOptions { InitialValue = 0 });
        var other = Open(HybridLockMode.ConnectOrCreate, new HybridLockOptions { InitialValue = 0 });

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
        var (owner, other) = (Open(), Open());
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
        var used = Open();
        var first = used.Lock();
        first.Dispose();
        var second = used.Lock();

        first.Dispose();

        Assert.That((first.IsHeld, second.IsHeld), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_wait_that_is_over_says_who_has_the_lock()
    {
        var (owner, waiter) = (Open(), Open());
        owner.Lock();

        var error = Assert.Throws<HybridLockTimeoutException>(() => waiter.Lock(Soon));

        Assert.That(error!.Message, Does.Contain(_name).And.Contain("0.0005 s").And.Contain($"process {Environment.ProcessId} "));
        Assert.That(error.Status!.Owner!.Process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That(error.IsTransient, Is.True);
        Assert.That(() => waiter.Lock(TimeSpan.Zero), Throws.TypeOf<HybridLockTimeoutException>());
        Assert.That(async () => await waiter.LockAsync(TimeSpan.Zero), Throws.TypeOf<HybridLockTimeoutException>());
        Assert.That(async () => await waiter.LockAsync(Soon), Throws.TypeOf<HybridLockTimeoutException>());
        Assert.That(() => waiter.Lock(TimeSpan.FromMilliseconds(-2)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(async () => await waiter.LockAsync(TimeSpan.FromMilliseconds(-2)), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task A_wait_can_be_cancelled()
    {
        var (owner, waiter) = (Open(), Open());
        owner.Lock();
        using var cancellation = new CancellationTokenSource();
        var waiting = StartThread(() => waiter.Lock(cancellation.Token));
        var awaiting = waiter.LockAsync(cancellation.Token).AsTask();
        await WaitersAsync(1);

        await cancellation.CancelAsync();

        Assert.That(() => waiting.WaitAsync(Patience), Throws.TypeOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        Assert.That(() => awaiting.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => waiter.Lock(cancellation.Token), Throws.TypeOf<OperationCanceledException>());
        Assert.That(async () => await waiter.LockAsync(cancellation.Token), Throws.TypeOf<OperationCanceledException>());
        Assert.That(() => LockNames.StatusOf(_name)!.Waiters, Is.Empty.After(30).Seconds.PollEvery(5).MilliSeconds);
        owner.Unlock();
        Assert.That(waiter.TryLock(out _), Is.True);
    }

    [Test]
    public async Task One_who_leaves_lets_those_fail_who_wait_by_it()
    {
        var (owner, waiter) = (Open(), Open());
        owner.Lock();
        var waiting = StartThread(() => waiter.Lock());
        var awaiting = Enumerable.Range(0, 3).Select(_ => waiter.LockAsync().AsTask()).ToArray();
        await WaitersAsync(1);

        waiter.Dispose();

        Assert.That(() => waiting.WaitAsync(Patience), Throws.TypeOf<ObjectDisposedException>());
        foreach (var one in awaiting)
        {
            Assert.That(() => one.WaitAsync(Patience), Throws.TypeOf<ObjectDisposedException>());
        }

        Assert.That(owner.IsHeld, Is.True);
        Assert.That(() => waiter.TryLock(out _), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => waiter.Lock(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await waiter.LockAsync(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(waiter.Unlock, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void One_who_loses_the_lock_to_a_person_learns_it()
    {
        var (owner, other) = (Open(), Open());
        var hold = owner.Lock();

        var former = HybridLock.Break(_name);

        Assert.That(former!.Process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That((owner.IsHeld, hold.IsHeld), Is.EqualTo((false, false)));
        Assert.That(LockNames.StatusOf(_name), Has.Property("PreviousOwnerDied").True.And.Property("Owner").Null);
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
        var used = Open();
        var first = used.Lock();
        HybridLock.Break(_name);
        var second = used.Lock();

        Assert.That(first.Dispose, Throws.TypeOf<LockBrokenException>());
        Assert.That(first.Dispose, Throws.Nothing);
        Assert.That(second.IsHeld, Is.True);
    }

    [Test]
    public void A_lock_that_nobody_has_is_not_broken()
    {
        Open();

        Assert.That(HybridLock.Break(_name), Is.Null);
        Assert.That(() => HybridLock.Break(LockNames.New()), Throws.TypeOf<NoSuchLockException>());
    }

    [Test]
    public void Breaking_what_only_the_dead_use_removes_it()
    {
        var owner = Open();
        owner.Lock();
        LeaveForDead(owner);

        var former = HybridLock.Break(_name);

        Assert.That(former!.IsAlive, Is.False);
        Assert.That(File.Exists(LockNames.FileOf(_name)), Is.False);
    }

    [Test]
    public async Task It_can_be_seen_who_has_which_lock_and_who_waits()
    {
        var (owner, waiter) = (Open(), Open());
        Assert.That(LockNames.StatusOf(_name), Is.Null);
        var before = DateTimeOffset.UtcNow;
        var hold = owner.Lock();
        var waiting = StartThread(() => waiter.Lock());
        await WaitersAsync(1);

        var status = LockNames.StatusOf(_name)!;

        Assert.That(status.Owner!.Process, Is.EqualTo(ProcessIdentity.Current));
        Assert.That(status.Owner.ProcessName, Is.Not.Empty);
        Assert.That(status.Owner.Since, Is.EqualTo(before).Within(TimeSpan.FromSeconds(30)));
        Assert.That(status.Waiters.Single().Process, Is.EqualTo(ProcessIdentity.Current));
        hold.Dispose();
        await waiting.WaitAsync(Patience);
        Assert.That(LockNames.StatusOf(_name), Has.Property("Waiters").Empty);
    }

    [TestCase("..")]
    [TestCase("../../etc/passwd")]
    [TestCase("a b/c\\d\n%41ü")]
    public void A_name_may_have_any_characters(string name)
    {
        using var used = new HybridLock(name + _name);
        used.Lock();

        Assert.That(LockNames.StatusOf(name + _name), Is.Not.Null);
        Assert.That(Path.GetDirectoryName(LockNames.FileOf(name + _name)), Is.EqualTo(SegmentDirectory.OfUser));
    }

    [Test]
    public void A_name_is_neither_empty_nor_too_long()
    {
        Assert.That(() => new HybridLock(""), Throws.ArgumentException);
        Assert.That(() => new HybridLock(new string('x', 251)), Throws.ArgumentException.With.Message.Contains("256"));
    }

    [Test]
    public async Task Many_threads_and_many_who_await_never_have_the_lock_at_once()
    {
        var rounds = Connections.Tests.Thoroughness.Choose(300, 20_000);
        var (first, second) = (Open(), Open());
        var (inside, most, entries) = (0, 0, 0);
        void Visit()
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            entries++;
            Interlocked.Decrement(ref inside);
        }

        var threads = new[] { first, second }.Select(used => StartThread(() =>
        {
            for (var i = 0; i < rounds; i++)
            {
                using var hold = used.Lock();
                Visit();
            }
        }));
        var tasks = new[] { first, first, second }.Select(used => Task.Run(async () =>
        {
            for (var i = 0; i < rounds; i++)
            {
                using var hold = await used.LockAsync();
                Visit();
            }
        }));
        await Task.WhenAll([.. threads, .. tasks]).WaitAsync(TimeSpan.FromMinutes(5));

        Assert.That((most, entries), Is.EqualTo((1, 5 * rounds)));
    }

    private static Task StartThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // As if the process had been killed: the slot goes to a process that cannot be.
    private static void LeaveForDead(HybridLock used)
    {
        using var tampering = new Tampering(used.Name);
        tampering.ForgeIdentities(PackedIdentity.Pack(ProcessIdentity.Current with { StartTime = ProcessIdentity.Current.StartTime - 1 }));
    }

    private async Task WaitersAsync(int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (LockNames.StatusOf(_name)?.Waiters.Count != count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private HybridLock Open(HybridLockMode mode = HybridLockMode.ConnectOrCreate, HybridLockOptions? options = null)
    {
        var opened = new HybridLock(_name, mode, options);
        _locks.Add(opened);
        return opened;
    }
}
