using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Who owns a lock: the claims on which everything that calls itself locked rests.</summary>
public sealed class ReentrancyTests
{
    private ReentrantAsyncLock _lock = null!;

    [SetUp]
    public void SetUp() => _lock = new ReentrantAsyncLock();

    [Test]
    [Breaking]
    public async Task A_call_chain_reenters_its_own_lock_at_any_depth_across_awaits_and_threads()
    {
        Assert.That(await DescendAsync(20).Within(), Is.EqualTo(20));
        Assert.That(_lock.Holder, Is.Null);

        async Task<int> DescendAsync(int depth)
        {
            using (await _lock.LockAsync())
            {
                await Task.Yield();
                return depth == 0 ? 0 : 1 + await Task.Run(() => DescendAsync(depth - 1));
            }
        }
    }

    [Test]
    [Breaking]
    public async Task Synchronous_and_asynchronous_entries_nest_in_each_other()
    {
        using (_lock.Lock())
        using (await _lock.LockAsync().Within())
        using (_lock.Lock())
        {
            Assert.That(_lock.IsHeldByCurrentFlow, Is.True);
        }

        Assert.That(_lock.IsHeldByCurrentFlow, Is.False);
        Assert.That(_lock.Holder, Is.Null);
    }

    [Test]
    [Breaking]
    public async Task Four_siblings_forked_inside_a_scope_lose_no_update_in_ten_thousand_rounds()
    {
        var counter = new Counter();
        using (await _lock.LockAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => counter.AddAsync(_lock, 2_500)))).Within();
        }

        Assert.That(counter.Value, Is.EqualTo(10_000));
    }

    [Test]
    [Breaking]
    public async Task Siblings_of_WhenAll_exclude_each_other_although_their_parent_holds_the_lock()
    {
        var inside = 0;
        var most = 0;
        using (await _lock.LockAsync())
        {
            await Task.WhenAll(EnterAsync(), EnterAsync(), EnterAsync()).Within();
        }

        Assert.That(most, Is.EqualTo(1));

        async Task EnterAsync()
        {
            using (await _lock.LockAsync())
            {
                most = Math.Max(most, ++inside);
                await Task.Yield();
                inside--;
            }
        }
    }

    [Test]
    [Breaking]
    public async Task An_outsider_waits_until_the_scope_and_the_children_inside_it_have_left()
    {
        var parent = await _lock.LockAsync();
        var child = await _lock.LockAsync();
        var outsider = _lock.AskOutside().AsTask();

        parent.Dispose();
        Assert.That(outsider.IsCompleted, Is.False, "a parent that leaves early let an outsider in beside its child");

        child.Dispose();
        using var entered = await outsider.Within();
        Assert.That(entered.IsHeld, Is.True);
    }

    [Test]
    [Breaking]
    public async Task A_child_that_waits_inside_a_scope_that_ends_queues_behind_the_outsiders()
    {
        var order = new List<string>();
        var parent = await _lock.LockAsync();
        var first = await ForkAsync();
        var second = WaitAsync("child");
        var outsider = Flows.Outside(() => WaitAsync("outsider"));

        parent.Dispose();
        first.Dispose();
        await Task.WhenAll(second, outsider).Within();

        Assert.That(order, Is.EqualTo(new[] { "outsider", "child" }));

        async Task<Releaser> ForkAsync() => await _lock.LockAsync();

        async Task WaitAsync(string name)
        {
            using (await _lock.LockAsync())
            {
                order.Add(name);
            }
        }
    }

    [Test]
    [Breaking]
    public async Task A_forked_call_that_outlives_its_scope_is_an_outsider_again()
    {
        var scopeEnded = new TaskCompletionSource();
        Task<bool> fork;
        using (await _lock.LockAsync())
        {
            fork = Task.Run(async () =>
            {
                await scopeEnded.Task;
                return _lock.IsHeldByCurrentFlow;
            });
        }

        using (await _lock.LockAsync())
        {
            scopeEnded.SetResult();
            Assert.That(await fork.Within(), Is.False);
        }
    }

    [Test]
    [Breaking]
    public async Task The_held_check_is_false_in_a_parent_while_its_child_is_inside_and_true_in_the_child()
    {
        using var parent = await _lock.LockAsync();
        var (childIsIn, childMayLeave) = (new TaskCompletionSource<bool>(), new TaskCompletionSource());
        var child = Task.Run(async () =>
        {
            using (await _lock.LockAsync())
            {
                childIsIn.SetResult(_lock.IsHeldByCurrentFlow);
                await childMayLeave.Task;
            }
        });

        Assert.That(await childIsIn.Task.Within(), Is.True);
        Assert.That(_lock.IsHeldByCurrentFlow, Is.False);
        Assert.That(() => _lock.AssertHeld(), Throws.InvalidOperationException.With.Message.Contains("Enter the lock first"));
        childMayLeave.SetResult();
        await child.Within();
        Assert.That(_lock.IsHeldByCurrentFlow, Is.True);
        Assert.That(() => _lock.AssertHeld(), Throws.Nothing);
    }

    [Test]
    [Breaking]
    public async Task Any_thread_may_release()
    {
        var releaser = await _lock.LockAsync();

        await Task.Run(releaser.Dispose);

        Assert.That(_lock.Holder, Is.Null);
    }

    [Test]
    [Breaking]
    public async Task Work_started_while_detached_is_an_outsider()
    {
        using var held = await _lock.LockAsync();

        Task<bool> outsider;
        using (ReentrantAsyncLock.Detach())
        {
            outsider = Task.Run(() => _lock.IsHeldByCurrentFlow);
        }

        Assert.That(await outsider.Within(), Is.False);
        Assert.That(_lock.IsHeldByCurrentFlow, Is.True, "the scope did not give ownership back");
    }

    [Test]
    [Breaking]
    public async Task Entering_while_the_flow_is_suppressed_throws_and_leaves_the_lock_free()
    {
        using (ExecutionContext.SuppressFlow())
        {
            Assert.That(() => _lock.Lock(), Throws.InvalidOperationException.With.Message.Contains("suppressed"));
        }

        using var entered = await _lock.LockAsync().Within();
        Assert.That(entered.IsHeld, Is.True);
    }

    [Test]
    [Breaking]
    public async Task The_body_of_await_foreach_may_call_what_the_stream_locks_page_by_page()
    {
        var sums = new List<int>();
        await foreach (var number in PagesAsync())
        {
            using (await _lock.LockAsync().Within())
            {
                sums.Add(number);
            }
        }

        Assert.That(sums, Is.EqualTo(new[] { 0, 1, 2 }));

        async IAsyncEnumerable<int> PagesAsync()
        {
            for (var page = 0; page < 3; page++)
            {
                int fetched;
                using (await _lock.LockAsync())
                {
                    fetched = await Task.FromResult(page);
                }

                yield return fetched;
            }
        }
    }

    [Test]
    [Breaking]
    public async Task An_async_helper_leaves_its_caller_an_outsider_until_it_attaches()
    {
        var releaser = await HelpAsync();
        Assert.That(_lock.IsHeldByCurrentFlow, Is.False);

        releaser.Attach();

        Assert.That(_lock.IsHeldByCurrentFlow, Is.True);
        using (await _lock.LockAsync().Within())
        {
            Assert.That(_lock.Holder, Is.Not.Null);
        }

        releaser.Dispose();
        Assert.That(_lock.Holder, Is.Null);
        Assert.That(releaser.Attach, Throws.InvalidOperationException);

        async Task<Releaser> HelpAsync() => await _lock.LockAsync();
    }
}
