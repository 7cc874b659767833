using Connections.Execution;
using Connections.Pooling;

namespace Connections.Tests.Execution;

/// <summary>One call with many inputs: order, limits, failures, progress.</summary>
public sealed class ParallelCallTests
{
    [Test]
    public async Task Results_come_in_the_order_of_the_inputs_whatever_ends_first()
    {
        var gates = Enumerable.Range(0, 5).Select(static _ => new TaskCompletionSource<int>()).ToArray();
        var run = ParallelCall.RunAsync<int, int>(Enumerable.Range(0, 5), async (input, _) => await gates[input].Task);

        foreach (var input in new[] { 4, 2, 0, 3, 1 })
        {
            gates[input].SetResult(input * 10);
        }

        var results = await run.Within();
        Assert.That(results.ThrowIfAnyFailed(), Is.EqualTo(new[] { 0, 10, 20, 30, 40 }));
        Assert.That(results.Select(static result => result.Index), Is.Ordered);
    }

    [Test]
    public async Task A_failed_call_is_a_result_and_the_exception_names_every_failure()
    {
        var results = await ParallelCall.RunAsync<string, int>(
            ["r1", "r2", "r3"],
            static (name, _) => name == "r2"
                ? throw new ConnectionLostException("r2 hung up.") { Device = "r2" }
                : ValueTask.FromResult(name.Length)).Within();

        Assert.That(results.Select(static result => result.IsSuccess), Is.EqualTo(new[] { true, false, true }));
        Assert.That((results[0].Value, results[1].Device), Is.EqualTo((2, "r2")));
        Assert.That(() => results[1].Value, Throws.TypeOf<ConnectionLostException>());
        Assert.That(
            () => results.ThrowIfAnyFailed(),
            Throws.TypeOf<ParallelCallException>().With.Message.Contains("1 of 3").And.Message.Contains("r2 hung up"));
    }

    [Test]
    public async Task No_more_calls_run_at_once_than_allowed()
    {
        var gate = new TaskCompletionSource();
        var started = 0;
        var run = ParallelCall.RunAsync<int, int>(
            Enumerable.Range(0, 100),
            async (input, _) =>
            {
                Interlocked.Increment(ref started);
                await gate.Task;
                return input;
            },
            new ParallelCallOptions { MaxParallelism = 3 });

        Assert.That(Volatile.Read(ref started), Is.EqualTo(3));
        gate.SetResult();

        await run.Within();
        Assert.That(started, Is.EqualTo(100));
    }

    [Test]
    public async Task A_call_that_takes_too_long_is_a_timeout_that_names_it_and_the_others_go_on()
    {
        var results = await ParallelCall.RunAsync<string, int>(
            ["slow", "fast"],
            static async (name, token) =>
            {
                await (name == "slow" ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask);
                return 1;
            },
            new ParallelCallOptions { ItemTimeout = TimeSpan.FromMilliseconds(10) }).Within();

        Assert.That(results[0].Error, Is.TypeOf<CallTimeoutException>().With.Message.Contains("slow").And.Message.Contains("one call"));
        Assert.That(results[1].Value, Is.EqualTo(1));
    }

    [Test]
    public async Task The_overall_timeout_ends_those_that_run_and_those_that_have_not_started()
    {
        var results = await ParallelCall.RunAsync<int, int>(
            [1, 2, 3],
            static async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            new ParallelCallOptions { OverallTimeout = TimeSpan.FromMilliseconds(10), MaxParallelism = 1 }).Within();

        Assert.That(results.Select(static result => result.Error), Is.All.TypeOf<CallTimeoutException>());
        Assert.That(results[2].Error!.Message, Does.Contain("together"));
    }

    [Test]
    public async Task The_first_failure_cancels_the_others_if_asked()
    {
        var results = await ParallelCall.RunAsync<int, int>(
            [0, 1, 2],
            static async (input, token) =>
            {
                await (input == 1 ? Task.FromException(new ConnectionException("broken")) : Task.Delay(Timeout.Infinite, token));
                return input;
            },
            new ParallelCallOptions { StopOnFirstFailure = true }).Within();

        Assert.That(results[1].Error, Is.TypeOf<ConnectionException>());
        Assert.That(new[] { results[0].Error, results[2].Error }, Is.All.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Cancelling_ends_all_calls_and_throws()
    {
        using var cancellation = new CancellationTokenSource();
        var run = ParallelCall.RunAsync<int, int>(
            [1, 2],
            static async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        Assert.That(async () => await run.Within(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Progress_is_told_after_each_call()
    {
        var seen = new List<(int Done, int Failed, int Total)>();
        await ParallelCall.RunAsync<int, int>(
            [0, 1, 2],
            static (input, _) => input == 1 ? throw new ConnectionException("broken") : ValueTask.FromResult(input),
            new ParallelCallOptions { MaxParallelism = 1 },
            new Recorder(seen)).Within();

        Assert.That(seen, Is.EqualTo(new[] { (1, 0, 3), (2, 1, 3), (3, 1, 3) }));
    }

    [Test]
    public async Task Pairs_of_inputs_are_called_together_and_unequal_lengths_are_refused()
    {
        var results = await ParallelCall.RunAsync<string, int, string>(
            ["a", "b"], [1, 2], static (name, number, _) => ValueTask.FromResult($"{name}{number}")).Within();

        Assert.That(results.ThrowIfAnyFailed(), Is.EqualTo(new[] { "a1", "b2" }));
        Assert.That(
            async () => await ParallelCall.RunAsync<string, int, string>(["a"], [1, 2], static (name, _, _) => ValueTask.FromResult(name)),
            Throws.ArgumentException.With.Message.Contains("1 first").And.Message.Contains("2 second"));
    }

    private sealed class Recorder(List<(int Done, int Failed, int Total)> seen) : IProgress<CallProgress<int, int>>
    {
        public void Report(CallProgress<int, int> value) => seen.Add((value.Done, value.Failed, value.Total));
    }
}
