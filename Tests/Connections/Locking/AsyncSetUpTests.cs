using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>A lock taken in a test's asynchronous set-up, as suites of a lab do it.</summary>
public sealed class AsyncSetUpTests
{
    private readonly ReentrantAsyncLock _lock = new();
    private Releaser _releaser;

    [SetUp]
    public async Task SetUp()
    {
        await Task.Yield();
        _releaser = await _lock.LockAsync();
    }

    [TearDown]
    public void TearDown() => _releaser.Dispose();

    [Test]
    [Breaking]
    public async Task The_test_owns_the_lock_once_it_attaches()
    {
        _releaser.Attach();

        using (await _lock.LockAsync().Within())
        {
            Assert.That(_lock.IsHeldByCurrentFlow, Is.True);
        }
    }

    [Test]
    [Breaking]
    public void Without_attaching_the_test_would_wait_for_its_own_set_up() =>
        Assert.That(
            async () => await _lock.LockAsync(TimeSpan.Zero).Within(),
            Throws.TypeOf<LockTimeoutException>().With.Message.Contains(nameof(SetUp)));
}
