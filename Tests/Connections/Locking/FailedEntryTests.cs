using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Entries that fail leave nothing behind, however many they are: a million here, of all kinds together.</summary>
[NonParallelizable]
public sealed class FailedEntryTests
{
    // Far less than one entry of the smallest number that a test makes would leave, and more than the runner's own noise.
    private const long Noise = 4_000_000;

    private readonly FakeTime _time = new();
    private ReentrantAsyncLock _lock = null!;
    private Releaser _held;

    [SetUp]
    public void SetUp()
    {
        _lock = new ReentrantAsyncLock(new LockOptions { TimeProvider = _time });
        _held = _lock.EnterOutside();
    }

    [TearDown]
    public void TearDown()
    {
        _held.Dispose();
        _lock.AssertObtainable();
    }

    [Test]
    [Breaking]
    public Task Timeouts_of_zero_leave_nothing() => AssertNothingGrowsAsync(400_000, async () =>
    {
        Assert.That((await _lock.TryLockAsync(TimeSpan.Zero)).IsHeld, Is.False);
    });

    [Test]
    [Breaking]
    public Task Timeouts_leave_nothing() => AssertNothingGrowsAsync(400_000, async () =>
    {
        var waiting = _lock.TryLockAsync(TimeSpan.FromTicks(1));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.That((await waiting).IsHeld, Is.False);
    });

    [Test]
    [Breaking]
    public async Task A_token_that_outlives_its_waits_keeps_none_of_them()
    {
        using var cancellation = new CancellationTokenSource();
        await AssertNothingGrowsAsync(100_000, async () =>
        {
            var waiting = _lock.TryLockAsync(TimeSpan.FromTicks(1), cancellation.Token);
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.That((await waiting).IsHeld, Is.False);
        });
    }

    [Test]
    [Breaking]
    public Task Cancelled_waits_leave_nothing() => AssertNothingGrowsAsync(100_000, async () =>
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _lock.LockAsync(TimeSpan.FromDays(1), cancellation.Token);
        cancellation.Cancel();
        try
        {
            using var entry = await waiting;
            Assert.Fail("A cancelled wait was granted.");
        }
        catch (OperationCanceledException)
        {
            // Caught here, and not by a constraint, because a hundred thousand of them have to be quick.
        }
    });

    private async Task AssertNothingGrowsAsync(int entries, Func<Task> failToEnter)
    {
        await RepeatAsync(100);
        var (timers, memory) = (_time.Pending, GC.GetTotalMemory(forceFullCollection: true));

        await RepeatAsync(entries);

        Assert.That(_time.Pending, Is.EqualTo(timers));
        Assert.That(_lock.Holder!.Value.Waiting, Is.Zero);
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - memory, Is.LessThan(Noise));

        // In the flow of one method, so that a chain would grow with every entry.
        async Task RepeatAsync(int times)
        {
            for (var time = 0; time < times; time++)
            {
                await failToEnter();
            }
        }
    }
}
