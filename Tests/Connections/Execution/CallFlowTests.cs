using Connections.Execution;
using Connections.Locking;
using Connections.Tests.Locking;

namespace Connections.Tests.Execution;

/// <summary>Each call is a flow of its own: what it holds and knows is not its siblings'.</summary>
public sealed class CallFlowTests
{
    private const int Calls = 200;

    [TestCase(int.MaxValue)]
    [TestCase(3)]
    public async Task Calls_that_take_a_lock_exclude_each_other_also_where_their_caller_holds_it(int maxParallelism)
    {
        var @lock = new ReentrantAsyncLock();
        var counter = new Counter();
        var options = new ParallelCallOptions { MaxParallelism = maxParallelism };

        await AddAsync();
        using (await @lock.LockAsync())
        {
            await AddAsync();
        }

        Assert.That(counter.Value, Is.EqualTo(2 * Calls));
        @lock.AssertObtainable();

        async Task AddAsync()
        {
            var results = await ParallelCall.RunAsync(
                Enumerable.Range(0, Calls),
                async (input, _) =>
                {
                    await counter.AddAsync(@lock, 1);
                    return input;
                },
                options).Within();
            results.ThrowIfAnyFailed();
        }
    }

    [Test]
    public async Task The_body_of_a_loop_over_the_stream_may_take_the_lock_that_the_calls_take()
    {
        var @lock = new ReentrantAsyncLock();
        var counter = new Counter();
        var stream = ParallelCall.StreamAsync(
            Enumerable.Range(0, Calls),
            async (input, _) =>
            {
                await counter.AddAsync(@lock, 1);
                return input;
            },
            new ParallelCallOptions { MaxParallelism = 5 });

        await Task.Run(async () =>
        {
            await foreach (var result in stream)
            {
                Assert.That(result.IsSuccess, Is.True);
                await counter.AddAsync(@lock, 1);
            }
        }).Within();

        Assert.That(counter.Value, Is.EqualTo(2 * Calls));
    }

    [Test]
    public async Task What_a_call_leaves_in_its_context_reaches_neither_the_next_call_of_its_lane_nor_the_caller()
    {
        var ambient = new AsyncLocal<string?> { Value = "caller" };
        var results = await ParallelCall.RunAsync<int, string?>(
            Enumerable.Range(0, 4),
            (input, _) =>
            {
                var seen = ambient.Value;
                ambient.Value = $"call {input}";
                return YieldAsync(seen, times: input % 2);
            },
            new ParallelCallOptions { MaxParallelism = 1 }).Within();

        Assert.That(results.ThrowIfAnyFailed(), Is.All.EqualTo("caller"));
        Assert.That(ambient.Value, Is.EqualTo("caller"));

        static async ValueTask<string?> YieldAsync(string? seen, int times)
        {
            for (var time = 0; time < times; time++)
            {
                await Task.Yield();
            }

            return seen;
        }
    }
}
