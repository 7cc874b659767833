namespace Connections.Pooling.Tests;

public class QueueTests
{
    [Test]
    public async Task Fifty_waiters_are_served_in_the_order_of_asking_with_the_middle_cancelled()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy());
        var held = await pool.LeaseAsync().BoundedAsync();
        using var cancelled = new CancellationTokenSource();
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(2, 50)
            .Select(ticket => pool.LeaseAsync(IsMiddle(ticket) ? cancelled.Token : default).AsTask())];
        Assert.That(pool.GetStatistics().Waiting, Is.EqualTo(50));

        await cancelled.CancelAsync();
        Assert.That(pool.GetStatistics(), Has.Property("Waiting").EqualTo(30).And.Property("Cancelled").EqualTo(20));

        var served = await ServeAsync(held, waiters.Where((_, i) => !IsMiddle(i + 2)), static _ => { });
        Assert.That(served, Is.EqualTo(Enumerable.Range(2, 50).Where(ticket => !IsMiddle(ticket))));
        Assert.That(waiters.Where((_, i) => IsMiddle(i + 2)), Has.All.Matches<Task>(static task => task.IsCanceled));

        static bool IsMiddle(int ticket) => ticket is >= 17 and < 37;
    }

    [Test]
    public async Task Fifty_waiters_are_served_in_the_order_of_asking_while_every_worker_dies()
    {
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy);
        var held = await pool.LeaseAsync().BoundedAsync();
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 50).Select(_ => pool.LeaseAsync().AsTask())];

        var served = await ServeAsync(held, waiters, static lease => lease.MarkBroken());

        Assert.That(served, Is.EqualTo(Enumerable.Range(2, 50)));
        await Eventually.UntilAsync(() => policy.Destroyed.Count == 51);
        Assert.That(pool.GetStatistics().Broken, Is.EqualTo(51));
        Assert.That(policy.MostExisting, Is.EqualTo(1));
    }

    [Test]
    public async Task Fifty_waiters_are_served_in_the_order_of_asking_while_every_other_creation_fails()
    {
        var time = new FakeTime();
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy, time: time);
        policy.OnCreate = static (attempt, _) => attempt % 2 == 0 ? throw new IOException("refused") : default;
        var held = await pool.LeaseAsync().BoundedAsync();
        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 50).Select(_ => pool.LeaseAsync().AsTask())];

        var served = new List<long>();
        foreach (var waiter in waiters)
        {
            held.MarkBroken();
            held.Dispose();
            await Eventually.UntilAsync(() => time.Pending == 1);
            Assert.That(waiters.Count(static task => task.IsCompleted), Is.EqualTo(served.Count));
            time.Advance(TimeSpan.FromSeconds(1));
            held = await waiter.BoundedAsync();
            served.Add(held.Ticket);
        }

        held.Dispose();
        Assert.That(served, Is.EqualTo(Enumerable.Range(2, 50)));
    }

    [Test]
    public async Task A_request_whose_worker_fails_validation_keeps_its_place_before_later_ones()
    {
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy);
        var verdict = new TaskCompletionSource<bool>();
        var replacement = new TaskCompletionSource();
        policy.OnValidate = _ => new ValueTask<bool>(verdict.Task);
        policy.OnCreate = (_, _) => new ValueTask(replacement.Task);

        var first = pool.LeaseAsync().AsTask();
        var second = pool.LeaseAsync().AsTask();
        verdict.SetResult(false);
        await Eventually.UntilAsync(() => pool.GetStatistics().Creating == 1);
        var third = pool.LeaseAsync().AsTask();
        policy.OnValidate = null;
        replacement.SetResult();

        var tickets = new List<long>();
        foreach (var request in new[] { first, second, third })
        {
            using var lease = await request.BoundedAsync();
            tickets.Add(lease.Ticket);
        }

        Assert.That(tickets, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(pool.GetStatistics().Served, Is.EqualTo(3));
    }

    [Test]
    public async Task A_request_whose_worker_fails_validation_at_once_gets_the_next_idle_one()
    {
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy, 3);
        var well = policy.Created.First().Id;
        policy.OnValidate = worker => new ValueTask<bool>(worker.Id == well);
        policy.OnCreate = static (_, token) => new ValueTask(Task.Delay(Timeout.Infinite, token));

        using var lease = await pool.LeaseAsync().BoundedAsync();

        Assert.That(lease.Worker.Id, Is.EqualTo(well));
    }

    [Test]
    public async Task A_request_that_is_queued_late_because_its_worker_broke_goes_before_those_that_asked_later()
    {
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy);
        Task<WorkerLease<TestWorker>>? later = null;
        policy.OnValidate = _ =>
        {
            // The first request has taken the only worker and is not queued yet.
            later = pool.LeaseAsync().AsTask();
            policy.OnValidate = null;
            return new ValueTask<bool>(false);
        };

        var first = await pool.LeaseAsync().BoundedAsync();

        Assert.That(first.Ticket, Is.EqualTo(1));
        Assert.That(later!.IsCompleted, Is.False);
        first.Dispose();
        using var second = await later.BoundedAsync();
        Assert.That(second.Ticket, Is.EqualTo(2));
    }

    [Test]
    public async Task An_idle_worker_goes_to_the_waiter_whose_own_is_still_being_validated_not_to_a_newcomer([Values] bool blocks)
    {
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy, 2);
        var verdict = new TaskCompletionSource<bool>();
        policy.OnValidate = _ =>
        {
            policy.OnValidate = null;
            return new ValueTask<bool>(verdict.Task);
        };
        var waiter = pool.LeaseAsync().AsTask();
        var newcomer = blocks ? Task.Run(() => pool.Lease()) : pool.LeaseAsync().AsTask();

        Task served = await Task.WhenAny(waiter, newcomer).BoundedAsync();
        var both = waiter.IsCompleted && newcomer.IsCompleted;
        verdict.SetResult(true);

        Assert.That(served, Is.SameAs(waiter));
        Assert.That(both, Is.False);
        using var first = await waiter.BoundedAsync();
        using var second = await newcomer.BoundedAsync();
        Assert.That(second.Worker, Is.Not.SameAs(first.Worker));
    }

    [Test]
    public async Task A_newcomer_never_takes_a_worker_that_is_being_validated_for_a_waiter()
    {
        var policy = new TestPolicy();
        await using var pool = await Pools.StartAsync(policy);
        var held = await pool.LeaseAsync().BoundedAsync();
        var waiter = pool.LeaseAsync().AsTask();
        var verdict = new TaskCompletionSource<bool>();
        policy.OnValidate = _ => new ValueTask<bool>(verdict.Task);
        held.Dispose();

        var newcomer = pool.LeaseAsync().AsTask();
        verdict.SetResult(true);

        var granted = await waiter.BoundedAsync();
        Assert.That(newcomer.IsCompleted, Is.False);
        granted.Dispose();
        (await newcomer.BoundedAsync()).Dispose();
    }

    [Test]
    public async Task Grants_equal_tickets_for_two_hundred_callers_on_five_workers()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy(), 5);
        Queue<WorkerLease<TestWorker>> held = new();
        for (var i = 0; i < 5; i++)
        {
            held.Enqueue(await pool.LeaseAsync().BoundedAsync());
        }

        Task<WorkerLease<TestWorker>>[] waiters = [.. Enumerable.Range(0, 195).Select(_ => pool.LeaseAsync().AsTask())];

        for (var i = 0; i < waiters.Length; i++)
        {
            held.Dequeue().Dispose();
            held.Enqueue(await waiters[i].BoundedAsync());
            Assert.That(held.Last().Ticket, Is.EqualTo(i + 6));
            Assert.That(pool.GetStatistics().Served, Is.EqualTo(i + 6));
        }

        foreach (var lease in held)
        {
            lease.Dispose();
        }
    }

    [Test]
    public async Task The_worker_used_last_is_used_next()
    {
        await using var pool = await Pools.StartAsync(new TestPolicy(), 2);
        var one = await pool.LeaseAsync().BoundedAsync();
        var other = await pool.LeaseAsync().BoundedAsync();
        var last = one.Worker.Id;
        other.Dispose();
        one.Dispose();

        using var next = await pool.LeaseAsync().BoundedAsync();

        Assert.That(next.Worker.Id, Is.EqualTo(last));
    }

    [Test]
    public async Task Queued_tells_how_long_the_request_waited()
    {
        var time = new FakeTime();
        await using var pool = await Pools.StartAsync(new TestPolicy(), time: time);
        var free = await pool.LeaseAsync().BoundedAsync();
        var waiter = pool.LeaseAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(3));
        free.Dispose();

        using var waited = await waiter.BoundedAsync();

        Assert.That(free.Queued, Is.EqualTo(TimeSpan.Zero));
        Assert.That(waited.Queued, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(pool.GetStatistics().LongestQueued, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    /// <summary>Returns each lease, and awaits the waiter that must be granted next.</summary>
    private static async Task<List<long>> ServeAsync(
        WorkerLease<TestWorker> held, IEnumerable<Task<WorkerLease<TestWorker>>> waiters, Action<WorkerLease<TestWorker>> beforeReturn)
    {
        var served = new List<long>();
        foreach (var waiter in waiters)
        {
            beforeReturn(held);
            held.Dispose();
            held = await waiter.BoundedAsync();
            served.Add(held.Ticket);
        }

        beforeReturn(held);
        held.Dispose();
        return served;
    }
}
