using Connections.Execution;
using Connections.Pooling;

namespace Connections.Tests.Execution;

/// <summary>Results as they end: order, slow readers, readers who leave, cancellation.</summary>
public sealed class ParallelStreamTests
{
    [Test]
    public async Task Results_come_as_the_calls_end()
    {
        var gates = Enumerable.Range(0, 5).Select(static _ => new TaskCompletionSource<int>()).ToArray();
        int[] order = [4, 2, 0, 3, 1];
        var stream = ParallelCall.StreamAsync<int, int>(Enumerable.Range(0, 5), async (input, _) => await gates[input].Task);
        await using var results = stream.GetAsyncEnumerator();

        foreach (var index in order)
        {
            var next = results.MoveNextAsync();
            Assert.That(next.IsCompleted, Is.False);
            gates[index].SetResult(index * 10);
            Assert.That(await next.Within(), Is.True);
            Assert.That((results.Current.Index, results.Current.Value), Is.EqualTo((index, index * 10)));
        }

        Assert.That(await results.MoveNextAsync().Within(), Is.False);
    }

    [Test]
    public async Task A_failed_call_is_a_result_and_the_stream_goes_on()
    {
        var stream = ParallelCall.StreamAsync<int, int>(
            [0, 1, 2], static (input, _) => input == 1 ? throw new ConnectionException("broken") : ValueTask.FromResult(input));

        var results = await stream.ToListAsync().Within();
        Assert.That(results.Select(static result => result.IsSuccess), Is.EquivalentTo(new[] { true, true, false }));
    }

    [Test]
    public async Task A_slow_reader_holds_up_no_call()
    {
        var called = 0;
        await using var results = ParallelCall.StreamAsync(
            Enumerable.Range(0, 1000),
            async (input, _) =>
            {
                await Task.Yield();
                return Interlocked.Increment(ref called);
            },
            new ParallelCallOptions { MaxParallelism = 3 }).GetAsyncEnumerator();

        Assert.That(await results.MoveNextAsync().Within(), Is.True);
        await Bounded.Until(() => Volatile.Read(ref called) == 1000);

        for (var read = 1; read < 1000; read++)
        {
            Assert.That(await results.MoveNextAsync().Within(), Is.True);
        }

        Assert.That(await results.MoveNextAsync().Within(), Is.False);
    }

    [Test]
    public async Task Leaving_the_loop_early_cancels_what_runs_waits_for_it_and_begins_nothing_more()
    {
        var calls = new StubbornCalls();
        var stream = ParallelCall.StreamAsync(Enumerable.Range(0, 100), calls.MakeAsync, new ParallelCallOptions { MaxParallelism = 4 });
        var reading = Task.Run(async () =>
        {
            await foreach (var result in stream)
            {
                Assert.That(result.Index, Is.Zero);
                break;
            }
        });

        await Bounded.Until(() => calls.Begun == 4);
        calls.EndFirst();
        await Bounded.Until(() => calls.Cancelled >= 3);
        Assert.That(reading.IsCompleted, Is.False);
        calls.CleanUp();

        await reading.Within();
        Assert.That((calls.Begun, calls.Running), Is.EqualTo((calls.Cancelled + 1, 0)));
        Assert.That(calls.Begun, Is.LessThanOrEqualTo(5));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Cancelling_throws_once_all_calls_have_ended(bool withCancellation)
    {
        using var cancellation = new CancellationTokenSource();
        var calls = new StubbornCalls();
        var stream = withCancellation
            ? ParallelCall.StreamAsync(Enumerable.Range(0, 3), calls.MakeAsync)
            : ParallelCall.StreamAsync(Enumerable.Range(0, 3), calls.MakeAsync, cancellationToken: cancellation.Token);
        await using var results = stream.GetAsyncEnumerator(withCancellation ? cancellation.Token : default);
        var next = results.MoveNextAsync().AsTask();

        await cancellation.CancelAsync();
        await Bounded.Until(() => calls.Cancelled == 3);
        Assert.That(next.IsCompleted, Is.False);
        calls.CleanUp();

        Assert.That(async () => await next.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(calls.Running, Is.Zero);
    }

    [Test]
    public async Task Nothing_happens_before_the_first_result_is_asked_for_and_each_enumeration_makes_all_calls()
    {
        var called = 0;
        var stream = ParallelCall.StreamAsync<int, int>([1, 2, 3], (input, _) => ValueTask.FromResult(Interlocked.Add(ref called, input)));
        Assert.That(called, Is.Zero);

        Assert.That(await stream.CountAsync().AsTask().Within(), Is.EqualTo(3));
        Assert.That(await stream.CountAsync().AsTask().Within(), Is.EqualTo(3));
        Assert.That(called, Is.EqualTo(12));
    }

    [Test]
    public async Task No_inputs_give_an_empty_stream()
    {
        var stream = ParallelCall.StreamAsync<int, int>([], static (_, _) => throw new InvalidOperationException("called"));

        Assert.That(await stream.ToListAsync().Within(), Is.Empty);
    }
}
