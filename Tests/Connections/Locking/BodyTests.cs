using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Bodies run inside locks: what they return and throw, and bodies inside two locks.</summary>
public sealed class BodyTests
{
    private readonly ReentrantAsyncLock _lock = new();

    [TearDown]
    public void TearDown() => _lock.AssertObtainable();

    [Test]
    [Breaking]
    public async Task A_body_gets_its_state_and_its_token_holds_the_lock_and_gives_its_result()
    {
        using var cancellation = new CancellationTokenSource();

        var result = await _lock.RunAsync(
            (Lock: _lock, Number: 20),
            static async (state, cancellationToken) =>
            {
                await Task.Yield();
                return (state.Lock.IsHeldByCurrentFlow, state.Number + 1, cancellationToken);
            },
            cancellation.Token).Within();

        Assert.That(result, Is.EqualTo((true, 21, cancellation.Token)));
        Assert.That(_lock.IsHeldByCurrentFlow, Is.False);
    }

    [TestCase(true)]
    [TestCase(false)]
    [Breaking]
    public async Task A_body_that_throws_releases_and_its_exception_reaches_the_caller(bool beforeItsFirstAwait)
    {
        var error = new FormatException("garbled");
        var outsider = Task.CompletedTask;

        Assert.That(async () => await _lock.RunAsync(error, ThrowAsync).Within(), Throws.Exception.SameAs(error));
        await outsider.Within();

        async ValueTask<int> ThrowAsync(FormatException toThrow, CancellationToken cancellationToken)
        {
            outsider = EnterOnceAsync();
            if (!beforeItsFirstAwait)
            {
                await Task.Yield();
            }

            throw toThrow;
        }

        async Task EnterOnceAsync() => (await _lock.AskOutside()).Dispose();
    }

    [Test]
    [Breaking]
    public async Task An_exception_that_crosses_nested_bodies_releases_every_one()
    {
        Assert.That(async () => await DescendAsync(50).Within(), Throws.TypeOf<FormatException>());
        Assert.That(_lock.IsHeldByCurrentFlow, Is.False);
        await Task.Yield();

        ValueTask<int> DescendAsync(int depth) => _lock.RunAsync(
            depth,
            async (level, _) =>
            {
                await Task.Yield();
                return level == 0 ? throw new FormatException("garbled") : await DescendAsync(level - 1);
            });
    }

    [Test]
    [Breaking]
    public void A_cancelled_wait_never_runs_the_body()
    {
        var ran = false;
        using var held = _lock.EnterOutside();
        using var cancellation = new CancellationTokenSource();

        var waiting = _lock.RunAsync(0, (_, _) => ValueTask.FromResult(ran = true), cancellation.Token);
        cancellation.Cancel();

        Assert.That(async () => await waiting.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(ran, Is.False);
    }

    [Test]
    [Breaking]
    public async Task Many_flows_that_nest_two_locks_in_one_order_all_get_through()
    {
        var inner = new ReentrantAsyncLock();
        var both = 0;
        var innerOnly = new Counter();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => number % 4 == 3 ? innerOnly.AddAsync(inner, 200) : TakeBothAsync()))).Within();

        Assert.That(both, Is.EqualTo(6 * 200));
        Assert.That(innerOnly.Value, Is.EqualTo(8 * 200));
        inner.AssertObtainable();

        async Task TakeBothAsync()
        {
            for (var round = 0; round < 200; round++)
            {
                using (await _lock.LockAsync())
                {
                    var read = both;
                    await innerOnly.AddAsync(inner, 1);

                    // Back into the outer lock from inside the inner one: no new order, because this flow holds both.
                    using (await inner.LockAsync())
                    using (await _lock.LockAsync())
                    {
                        both = read + 1;
                    }
                }
            }
        }
    }
}
