using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>What lies around a lock: it is entered for the outermost entry, looked after at each step inside, and left at the end.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ScopeTests
{
    private readonly RecordedScope _scope = new();

    private ReentrantAsyncLock NewLock() => new(new LockOptions { Name = "edge1", Alias = "cli", Device = "edge1", Scope = _scope, ScopeTimeout = TimeSpan.FromSeconds(7) });

    [Test]
    public async Task Each_step_inside_asks_whether_it_is_still_there()
    {
        var guarded = NewLock();
        using (await guarded.LockAsync())
        {
            using (await guarded.LockAsync())
            {
            }

            using (guarded.Lock())
            {
            }
        }

        Assert.That(_scope.Log, Is.EqualTo(new[] { "enter 7", "inside", "inside", "leave" }));
    }

    [Test]
    public async Task A_step_after_the_loss_is_told_and_so_is_the_end_and_the_next_call_goes_on()
    {
        var guarded = NewLock();
        var releaser = await guarded.LockAsync();
        _scope.IsLost = true;

        Assert.That(async () => await guarded.LockAsync(), Throws.TypeOf<LockLostException>());
        Assert.That(() => guarded.Lock(), Throws.TypeOf<LockLostException>());
        Assert.That(releaser.Dispose, Throws.TypeOf<LockLostException>());
        Assert.That(guarded.Holder, Is.Null);
        _scope.IsLost = false;
        (await guarded.LockAsync().AsTask().Within()).Dispose();
    }

    [Test]
    public void Who_does_not_get_in_is_told_why_where_nobody_knows_the_holder()
    {
        _scope.Refusal = new TimeoutException("the server is not reached");

        var error = Assert.ThrowsAsync<LockTimeoutException>(async () => await NewLock().LockAsync(TimeSpan.FromSeconds(1)));

        Assert.That(error!.Message, Does.Contain("edge1").And.Contain("the server is not reached"));
        Assert.That((error.Device, error.Alias), Is.EqualTo(("edge1", "cli")));
        Assert.That(error.InnerException, Is.SameAs(_scope.Refusal));
    }

    [Test]
    public void Who_does_not_get_in_is_told_who_is_inside()
    {
        _scope.Refusal = new TimeoutException();
        _scope.Holder = new LockHolder("process 7 (backup)", "process 7 (backup)", DateTimeOffset.UtcNow, TimeSpan.FromSeconds(3), 2);

        Assert.That(
            async () => await NewLock().LockAsync(TimeSpan.FromSeconds(1)),
            Throws.TypeOf<LockTimeoutException>().With.Message.Contains("process 7 (backup) has held it for 3 s, and 2 more wait"));
    }

    private sealed class RecordedScope : ILockScope
    {
        public List<string> Log { get; } = [];

        public bool IsLost { get; set; }

        public TimeoutException? Refusal { get; set; }

        public LockHolder? Holder { get; set; }

        public ValueTask EnterAsync(TimeSpan timeout, CancellationToken cancellationToken)
        {
            Enter(timeout, cancellationToken);
            return ValueTask.CompletedTask;
        }

        public void Enter(TimeSpan timeout, CancellationToken cancellationToken)
        {
            Log.Add($"enter {timeout.TotalSeconds:0}");
            if (Refusal is not null)
            {
                throw Refusal;
            }
        }

        public ValueTask EnsureInsideAsync(CancellationToken cancellationToken)
        {
            EnsureInside();
            return ValueTask.CompletedTask;
        }

        public void EnsureInside() => Note("inside");

        public void Leave() => Note("leave");

        public void Dispose()
        {
        }

        private void Note(string step)
        {
            Log.Add(step);
            if (IsLost)
            {
                throw new LockLostException("It was taken away.");
            }
        }
    }
}
