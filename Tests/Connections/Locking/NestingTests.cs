using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Entries inside entries, forks inside forks: who excludes whom.</summary>
public sealed class NestingTests
{
    private ReentrantAsyncLock _lock = null!;

    [SetUp]
    public void SetUp() => _lock = new ReentrantAsyncLock();

    [TearDown]
    public void TearDown() => _lock.AssertObtainable();

    [Test]
    [Breaking]
    public async Task A_flow_that_hopped_to_another_thread_still_owns_its_lock()
    {
        using (await _lock.LockAsync())
        {
            var entered = Environment.CurrentManagedThreadId;
            await HopAsync(entered).Within();

            Assert.That(_lock.IsHeldByCurrentFlow, Is.True);
            (await _lock.LockAsync(TimeSpan.Zero).Within()).Dispose();
        }

        // A thread of its own is another thread for certain; a pool may hand out the same one again.
        async Task HopAsync(int entered) => await Flows.StartThread(() =>
        {
            Assert.That(Environment.CurrentManagedThreadId, Is.Not.EqualTo(entered));
            using (_lock.Lock(TimeSpan.Zero))
            {
                Assert.That(_lock.IsHeldByCurrentFlow, Is.True);
            }
        });
    }

    [Test]
    [Breaking]
    public async Task Two_hundred_entries_nest_in_loops_and_leave_in_any_order()
    {
        const int depth = 200;
        foreach (var innermostFirst in new[] { true, false })
        {
            var entries = new List<Releaser>();
            for (var level = 0; level < depth; level++)
            {
                entries.Add(await _lock.LockAsync(TimeSpan.Zero).Within());
                if (level % 10 == 0)
                {
                    await Task.Yield();
                }
            }

            var outsider = _lock.AskOutside().AsTask();
            if (innermostFirst)
            {
                entries.Reverse();
            }

            foreach (var entry in entries)
            {
                Assert.That(outsider.IsCompleted, Is.False, "an outsider came in beside a nested entry");
                entry.Dispose();
            }

            (await outsider.Within()).Dispose();
        }
    }

    [Test]
    [Breaking]
    public async Task Four_outsiders_lose_no_update_when_each_reads_yields_and_writes()
    {
        var counter = new Counter();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => counter.AddAsync(_lock, 500)))).Within();

        Assert.That(counter.Value, Is.EqualTo(4 * 500));
    }

    [Test]
    [Breaking]
    public async Task Grandchildren_and_the_siblings_of_their_parent_exclude_each_other()
    {
        var counter = new Counter();
        using (await _lock.LockAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 3).SelectMany(_ => new[] { Task.Run(CountAsync), Task.Run(ParentAsync) })).Within();
        }

        Assert.That(counter.Value, Is.EqualTo(3 * (1 + 3) * 100));

        async Task ParentAsync()
        {
            using (await _lock.LockAsync())
            {
                await Task.WhenAll(Task.Run(CountAsync), CountAsync(), Task.Run(CountAsync));
            }
        }

        Task CountAsync() => counter.AddAsync(_lock, 100);
    }

    [Test]
    [Breaking]
    public async Task Four_forks_of_a_flow_that_has_left_its_scope_exclude_each_other()
    {
        (await _lock.LockAsync()).Dispose();

        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(EnterAsync))).Within();

        Assert.That(most, Is.EqualTo(1));

        async Task EnterAsync()
        {
            Assert.That(_lock.IsHeldByCurrentFlow, Is.False, "a scope that has ended still gives ownership");
            for (var round = 0; round < 50; round++)
            {
                using (await _lock.LockAsync())
                {
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                }
            }
        }
    }

    [Test]
    [Breaking]
    public async Task A_child_that_asks_after_its_scope_closed_waits_for_the_outsider_inside()
    {
        var scopeClosed = new TaskCompletionSource();
        var asked = new TaskCompletionSource<Task<Releaser>>();
        Task child;
        using (await _lock.LockAsync())
        {
            child = Task.Run(async () =>
            {
                await scopeClosed.Task;
                asked.SetResult(_lock.LockAsync().AsTask());
            });
        }

        var outsider = _lock.EnterOutside();
        scopeClosed.SetResult();
        await child.Within();
        var entry = await asked.Task.Within();

        Assert.That(entry.IsCompleted, Is.False, "a child whose scope has closed came in beside an outsider");
        Assert.That(_lock.Holder!.Value.Waiting, Is.EqualTo(1));
        outsider.Dispose();
        (await entry.Within()).Dispose();
    }
}
