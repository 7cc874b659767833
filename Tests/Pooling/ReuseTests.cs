namespace Connections.Pooling.Tests;

/// <summary>What becomes of a worker whose holder changed its state.</summary>
public class ReuseTests
{
    private readonly List<int> _reset = [];
    private TestPolicy _policy = null!;

    [SetUp]
    public void SetUp()
    {
        _reset.Clear();
        _policy = new TestPolicy
        {
            OnReset = worker =>
            {
                _reset.Add(worker.Id);
                worker.IsChanged = false;
                return new ValueTask<bool>(true);
            },
        };
    }

    [Test]
    public async Task A_changed_worker_is_put_back_as_it_is_where_it_is_always_reused()
    {
        await using var pool = await ChangeAsync(WorkerReuse.Always);

        using var next = await pool.LeaseAsync().BoundedAsync();

        Assert.That(next.Worker, Has.Property("Id").EqualTo(1).And.Property("IsChanged").True);
        Assert.That(_reset, Is.Empty);
    }

    [Test]
    public async Task A_changed_worker_is_reset_before_the_next_holder_gets_it()
    {
        await using var pool = await ChangeAsync(WorkerReuse.Reset);

        using var next = await pool.LeaseAsync().BoundedAsync();

        Assert.That(next.Worker, Has.Property("Id").EqualTo(1).And.Property("IsChanged").False);
        Assert.That(_reset, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_changed_worker_is_destroyed_and_replaced_where_it_is_recycled()
    {
        await using var pool = await ChangeAsync(WorkerReuse.Recycle);

        using var next = await pool.LeaseAsync().BoundedAsync();

        Assert.That(next.Worker, Has.Property("Id").EqualTo(2).And.Property("IsChanged").False);
        Assert.That(_policy.Destroyed.Select(static worker => worker.Id), Is.EqualTo(new[] { 1 }));
        Assert.That(pool.GetStatistics(), Has.Property("Broken").Zero.And.Property("Retired").EqualTo(1));
        Assert.That(_reset, Is.Empty);
    }

    [Test]
    public async Task A_worker_that_was_not_changed_is_put_back_as_it_is([Values] WorkerReuse reuse)
    {
        await using var pool = await StartAsync(reuse);
        (await pool.LeaseAsync().BoundedAsync()).Dispose();

        using var next = await pool.LeaseAsync().BoundedAsync();

        Assert.That(next.Worker.Id, Is.EqualTo(1));
        Assert.That(_reset, Is.Empty);
    }

    [Test]
    public async Task A_change_counts_for_the_lease_in_which_it_was_made_alone()
    {
        await using var pool = await ChangeAsync(WorkerReuse.Reset);

        (await pool.LeaseAsync().BoundedAsync()).Dispose();
        (await pool.LeaseAsync().BoundedAsync()).Dispose();

        Assert.That(_reset, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_waiter_gets_no_changed_worker_either([Values(WorkerReuse.Reset, WorkerReuse.Recycle)] WorkerReuse reuse)
    {
        await using var pool = await StartAsync(reuse);
        var held = await pool.LeaseAsync().BoundedAsync();
        var waiter = pool.LeaseAsync().AsTask();
        held.Worker.IsChanged = true;
        held.MarkChanged();

        held.Dispose();

        using var next = await waiter.BoundedAsync();
        Assert.That(next.Worker.IsChanged, Is.False);
    }

    [Test]
    public async Task A_returned_lease_can_no_longer_mark_the_worker_changed()
    {
        await using var pool = await StartAsync(WorkerReuse.Reset);
        var lease = await pool.LeaseAsync().BoundedAsync();
        lease.Dispose();

        Assert.Throws<InvalidOperationException>(lease.MarkChanged);
    }

    private async Task<WorkerPool<TestWorker>> ChangeAsync(WorkerReuse reuse)
    {
        var pool = await StartAsync(reuse);
        using var lease = await pool.LeaseAsync().BoundedAsync();
        lease.Worker.IsChanged = true;
        lease.MarkChanged();
        return pool;
    }

    private async Task<WorkerPool<TestWorker>> StartAsync(WorkerReuse reuse)
    {
        var pool = new WorkerPool<TestWorker>(_policy, new WorkerPoolOptions { Reuse = reuse });
        await pool.StartAsync().BoundedAsync();
        return pool;
    }
}
