using Connections.Snmp.Engine;

namespace Connections.Snmp.Tests.Engine;

/// <summary>What keeps user code from keeping the engine's thread.</summary>
internal sealed class LoopKeeperTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private LoopKeeper _keeper = null!;
    private SemaphoreSlim _takenOver = null!;

    [SetUp]
    public void Start()
    {
        _takenOver = new SemaphoreSlim(0);
        _keeper = new LoopKeeper(() => _takenOver.Release());
    }

    [TearDown]
    public void Stop()
    {
        _keeper.Dispose();
        _takenOver.Dispose();
    }

    [Test]
    public void A_thread_that_comes_back_soon_keeps_the_loop()
    {
        var kept = 0;
        for (var i = 0; i < 1_000; i++)
        {
            kept += _keeper.TryLeave(_keeper.Enter()) ? 1 : 0;
        }

        // But for those that the machine itself held up meanwhile.
        Assert.That(() => kept + _takenOver.CurrentCount, Is.EqualTo(1_000).After(30_000, 10));
        Assert.That(kept, Is.Positive);
    }

    [Test]
    public async Task A_thread_that_stays_away_has_lost_the_loop_when_it_comes_back()
    {
        var entry = _keeper.Enter();

        Assert.That(await _takenOver.WaitAsync(Limit), Is.True);
        Assert.That(_keeper.TryLeave(entry), Is.False);
        Assert.That(_takenOver.CurrentCount, Is.Zero);
    }

    [Test]
    public async Task The_next_thread_may_lose_it_too()
    {
        for (var i = 0; i < 5; i++)
        {
            var entry = _keeper.Enter();
            Assert.That(await _takenOver.WaitAsync(Limit), Is.True);
            Assert.That(_keeper.TryLeave(entry), Is.False);
        }
    }

    [Test]
    public async Task One_that_lost_it_does_not_get_that_of_the_next()
    {
        var lost = _keeper.Enter();
        Assert.That(await _takenOver.WaitAsync(Limit), Is.True);
        var next = _keeper.Enter();

        Assert.That(_keeper.TryLeave(lost), Is.False);
        Assert.That(_keeper.TryLeave(next) || await _takenOver.WaitAsync(Limit), Is.True);
    }

    [Test]
    public async Task A_keeper_that_fell_asleep_is_woken()
    {
        while (!_keeper.TryLeave(_keeper.Enter()))
        {
            Assert.That(await _takenOver.WaitAsync(Limit), Is.True);
        }

        Assert.That(() => _keeper.IsAsleep, Is.True.After(30_000, 10));

        var entry = _keeper.Enter();

        Assert.That(await _takenOver.WaitAsync(Limit), Is.True);
        Assert.That(_keeper.TryLeave(entry), Is.False);
    }
}
