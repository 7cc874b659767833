using System.Runtime.Versioning;
using Connections.Native.Sync;
using Connections.Native.Tests.Sync.Processes;
using Connections.Tests;

namespace Connections.Native.Tests.Sync;

/// <summary>The lock between processes, some of which are killed.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HybridLockProcessTests : IDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly string _name = LockNames.New();
    private readonly HybridLock _lock;
    private readonly string _arena = Path.GetTempFileName();

    public HybridLockProcessTests() => _lock = new HybridLock(_name, HybridLockMode.CreateNewExclusive);

    public void Dispose()
    {
        _lock.Dispose();
        File.Delete(_arena);
        LockNames.Forget(_name);
    }

    [Test]
    public async Task Processes_exclude_each_other()
    {
        await using var other = await LockProcess.OpenAsync(_name, HybridLockMode.ConnectToExisting);
        using (_lock.Lock())
        {
            Assert.That(await other.AskAsync("try"), Is.EqualTo("busy"));
            Assert.That(await other.AskAsync("unlock"), Does.StartWith("SynchronizationLockException").And.Contain($"process {Environment.ProcessId} "));
            await other.TellAsync("lock 60000");
            await WaitersAsync(other.Id);
        }

        Assert.That(await other.HearAsync(), Is.EqualTo("locked"));
        Assert.That(_lock.TryLock(out _), Is.False);
        var error = Assert.Throws<HybridLockTimeoutException>(() => _lock.Lock(TimeSpan.FromMilliseconds(1)));
        Assert.That(error!.Message, Does.Contain($"process {other.Id} "));
        Assert.That(await other.AskAsync("unlock"), Is.EqualTo("done"));
        Assert.That(_lock.TryLock(out _), Is.True);
    }

    [Test]
    public async Task What_a_killed_owner_held_goes_to_one_who_waits_and_is_told()
    {
        await using var owner = await LockProcess.OpenAsync(_name);
        await using var first = await LockProcess.OpenAsync(_name);
        await using var second = await LockProcess.OpenAsync(_name);
        Assert.That(await owner.AskAsync("lock -1"), Is.EqualTo("locked"));
        await first.TellAsync("lock -1");
        await second.TellAsync("lock -1");
        await WaitersAsync(first.Id, second.Id);

        await owner.KillAsync();

        Task<string>[] answers = [first.HearAsync(), second.HearAsync()];
        var winner = Array.IndexOf(answers, await Task.WhenAny(answers));
        Assert.That(await answers[winner], Is.EqualTo("locked after a death"));
        Assert.That(await new[] { first, second }[winner].AskAsync("unlock"), Is.EqualTo("done"));
        Assert.That(await answers[1 - winner], Is.EqualTo("locked"));
    }

    [Test]
    public async Task Who_comes_after_an_owner_died_alone_is_told()
    {
        _lock.Dispose();
        await using var owner = await LockProcess.OpenAsync(_name);
        await owner.AskAsync("lock -1");
        await owner.KillAsync();
        Assert.That(LockNames.StatusOf(_name)!.Owner!.IsAlive, Is.False);

        using (var late = new HybridLock(_name, HybridLockMode.ConnectToExisting))
        {
            Assert.That(late.Lock().PreviousOwnerDied, Is.True);
        }

        Assert.That(File.Exists(LockNames.FileOf(_name)), Is.False);
    }

    [Test]
    public async Task What_is_left_of_one_who_held_nothing_is_swept()
    {
        _lock.Dispose();
        await using var only = await LockProcess.OpenAsync(_name);
        await only.KillAsync();
        Assert.That(File.Exists(LockNames.FileOf(_name)), Is.True);

        Assert.That(LockNames.StatusOf(_name), Is.Null);
        Assert.That(File.Exists(LockNames.FileOf(_name)), Is.False);
    }

    [Test]
    public async Task One_who_awaits_the_lock_of_a_killed_owner_gets_it()
    {
        await using var owner = await LockProcess.OpenAsync(_name);
        await owner.AskAsync("lock -1");
        var awaiting = _lock.LockAsync(TimeSpan.FromSeconds(60)).AsTask();
        await WaitersAsync(Environment.ProcessId);

        await owner.KillAsync();

        Assert.That((await awaiting.WaitAsync(TimeSpan.FromSeconds(60))).PreviousOwnerDied, Is.True);
    }

    [Test]
    public async Task Those_who_wait_are_not_harmed_by_others_killed_while_they_wait()
    {
        await using var survivor = await LockProcess.OpenAsync(_name);
        var doomed = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => LockProcess.OpenAsync(_name)));
        using (_lock.Lock())
        {
            foreach (var process in doomed.Append(survivor))
            {
                await process.TellAsync("lock -1");
            }

            await WaitersAsync([survivor.Id, .. doomed.Select(static process => process.Id)]);
            await Task.WhenAll(doomed.Select(static process => process.KillAsync()));
            await WaitersAsync(survivor.Id);
        }

        Assert.That(await survivor.HearAsync(), Is.EqualTo("locked"));
        await Task.WhenAll(doomed.Select(static process => process.DisposeAsync().AsTask()));
    }

    [Test]
    public async Task A_process_that_has_the_id_of_a_dead_owner_is_another()
    {
        await using var other = await LockProcess.OpenAsync(_name);
        await other.AskAsync("lock -1");
        Assert.That(ProcessIdentity.TryGet(other.Id, out var identity), Is.True);
        using (var tampering = new Tampering(_name))
        {
            foreach (ref var word in tampering.Words)
            {
                word = word == PackedIdentity.Pack(identity) ? PackedIdentity.Pack(identity with { StartTime = identity.StartTime - 1 }) : word;
            }
        }

        Assert.That(_lock.Lock(TimeSpan.FromSeconds(30)).PreviousOwnerDied, Is.True);
        Assert.That(await other.AskAsync("unlock"), Does.StartWith("LockBrokenException"));
    }

    [Test]
    public async Task A_stopped_owner_is_not_dead()
    {
        await using var other = await LockProcess.OpenAsync(_name);
        await other.AskAsync("lock -1");
        other.Signal(Stop);

        Assert.That(() => _lock.Lock(TimeSpan.FromMilliseconds(350)), Throws.TypeOf<HybridLockTimeoutException>());

        other.Signal(Continue);
        Assert.That(await other.AskAsync("unlock"), Is.EqualTo("done"));
    }

    [Test]
    public async Task One_from_whom_the_lock_was_taken_by_hand_learns_it()
    {
        await using var other = await LockProcess.OpenAsync(_name);
        await other.AskAsync("lock -1");
        var waiting = _lock.LockAsync().AsTask();
        await WaitersAsync(Environment.ProcessId);

        var former = HybridLock.Break(_name);

        Assert.That(former!.Process.ProcessId, Is.EqualTo(other.Id));
        Assert.That((await waiting.WaitAsync(TimeSpan.FromSeconds(30))).PreviousOwnerDied, Is.True);
        Assert.That(await other.AskAsync("held"), Is.EqualTo("False"));
        Assert.That(await other.AskAsync("unlock"), Does.StartWith("LockBrokenException").And.Contain(_name).And.Contain($"process {Environment.ProcessId} "));
        Assert.That(await other.AskAsync("unlock"), Does.StartWith("SynchronizationLockException"));
        _lock.Unlock();
        Assert.That(await other.AskAsync("lock 30000"), Is.EqualTo("locked"));
    }

    [Test]
    public async Task One_who_waits_in_another_process_for_a_lock_that_is_overwritten_is_told()
    {
        await using var other = await LockProcess.OpenAsync(_name);
        _lock.Lock();
        await other.TellAsync("lock -1");
        await WaitersAsync(other.Id);

        using var fresh = new HybridLock(_name, HybridLockMode.CreateNewOverwrite);

        Assert.That(await other.HearAsync(), Does.StartWith("LockDestroyedException"));
    }

    [Test]
    public async Task Two_processes_fight_a_thousand_times_and_are_never_in_at_once()
    {
        var fights = Thoroughness.Choose(1_000, 100_000);
        await using var first = await LockProcess.OpenAsync(_name);
        await using var second = await LockProcess.OpenAsync(_name);
        await first.TellAsync($"fight {fights} {_arena}");
        await second.TellAsync($"fight {fights} {_arena}");

        Assert.That(await first.HearAsync(), Is.EqualTo("0 overlaps"));
        Assert.That(await second.HearAsync(), Is.EqualTo("0 overlaps"));
        using var arena = new Arena(_arena);
        Assert.That(arena.Entries, Is.EqualTo(2 * fights));
    }

    [Test]
    public async Task Processes_killed_at_random_never_let_two_in_at_once_nor_keep_others_out()
    {
        const int Fighters = 4;
        var random = new Random(5);
        var fighters = await Task.WhenAll(Enumerable.Range(0, Fighters).Select(_ => StartFightAsync()));
        for (var kill = 0; kill < Thoroughness.Choose(10, 300); kill++)
        {
            // Each kill waits for a few entries, so that it comes in the middle of the fight.
            var place = random.Next(Fighters);
            EnterOften(random.Next(1, 20));
            await fighters[place].DisposeAsync();
            fighters[place] = await StartFightAsync();
        }

        EnterOften(20);
        await Task.WhenAll(fighters.Select(static fighter => fighter.DisposeAsync().AsTask()));
        using (_lock.Lock(TimeSpan.FromSeconds(30)))
        {
            Assert.That(LockNames.StatusOf(_name)!.Waiters, Is.Empty);
        }

        _lock.Dispose();
        Assert.That(File.Exists(LockNames.FileOf(_name)), Is.False);
    }

    private async Task<ToldProcess> StartFightAsync()
    {
        var fighter = await LockProcess.OpenAsync(_name);
        await fighter.TellAsync($"fight {int.MaxValue} {_arena}");
        return fighter;
    }

    private void EnterOften(int times)
    {
        using var arena = new Arena(_arena);
        for (var i = 0; i < times; i++)
        {
            using var hold = _lock.Lock(TimeSpan.FromSeconds(60));
            arena.Enter(hold.PreviousOwnerDied);
        }

        Assert.That(arena.Overlaps, Is.Zero);
    }

    private async Task WaitersAsync(params int[] processes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (LockNames.StatusOf(_name) is not { } status
            || !status.Waiters.Select(static waiter => waiter.Process.ProcessId).Order().SequenceEqual(processes.Order()))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
