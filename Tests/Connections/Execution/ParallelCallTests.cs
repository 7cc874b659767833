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
    public async Task Ten_thousand_inputs_take_no_more_lanes_than_allowed()
    {
        var load = new Load();
        var inputs = Enumerable.Range(0, 10_000).ToArray();

        var results = await ParallelCall.RunAsync(
            inputs, (input, _) => load.CarryAsync(() => ValueTask.FromResult(input)), new ParallelCallOptions { MaxParallelism = 4 }).Within();

        Assert.That(results.ThrowIfAnyFailed(), Is.EqualTo(inputs));
        Assert.That(load.Most, Is.InRange(1, 4));
    }

    [Test]
    public async Task No_inputs_give_no_results_and_no_call()
    {
        var results = await ParallelCall.RunAsync<int, int>([], static (_, _) => throw new InvalidOperationException("called")).Within();

        Assert.That(results, Is.Empty);
    }

    [Test]
    public async Task A_token_cancelled_before_lets_no_call_be_made()
    {
        var calls = 0;
        var run = ParallelCall.RunAsync<int, int>(
            [1, 2], (input, _) => ValueTask.FromResult(Interlocked.Increment(ref calls)), cancellationToken: new CancellationToken(canceled: true));

        Assert.That(async () => await run.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(calls, Is.Zero);
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
    public async Task A_progress_that_throws_cancels_the_calls_waits_for_them_and_is_told()
    {
        var calls = new StubbornCalls();
        var run = ParallelCall.RunAsync([0, 1], calls.MakeAsync, progress: new Refuser());

        calls.EndFirst();
        await Bounded.Until(() => calls.Cancelled == 1);
        Assert.That(run.IsCompleted, Is.False);
        calls.CleanUp();

        Assert.That(async () => await run.Within(), Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("no progress"));
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

    [Test]
    public async Task Each_command_runs_on_each_device_and_a_failure_names_both()
    {
        var results = await ParallelCall.RunOnEachAsync(
            ["r1", "r2"],
            ["show version", "reload"],
            static (device, command, _) => command == "reload" && device == "r2"
                ? throw new ConnectionException("refused")
                : ValueTask.FromResult($"{command} on {device}"),
            deviceOf: static device => device).Within();

        Assert.That(results.Select(static result => result.Input), Is.EqualTo(new[]
        {
            ("r1", "show version"), ("r1", "reload"), ("r2", "show version"), ("r2", "reload"),
        }));
        Assert.That(results.Select(static result => result.Device), Is.EqualTo(new[] { "r1", "r1", "r2", "r2" }));
        Assert.That(results[1].Value, Is.EqualTo("reload on r1"));
        Assert.That(() => results.ThrowIfAnyFailed(), Throws.TypeOf<ParallelCallException>().With.Message.EndsWith("(r2, reload): refused"));
    }

    [Test]
    public async Task A_result_in_words_names_device_and_input_and_says_what_came_of_it()
    {
        var results = await ParallelCall.RunAsync<int, int>(
            [1, 2],
            static (input, _) => input == 2 ? throw new ConnectionException("broken") : ValueTask.FromResult(10),
            deviceOf: static input => $"r{(char)('a' + input)}").Within();

        Assert.That(results.Select(static result => result.ToString()), Is.EqualTo(new[] { "rb: 1: 10", "rc: 2: broken" }));
    }

    private sealed class Refuser : IProgress<CallProgress<int, int>>
    {
        public void Report(CallProgress<int, int> value) => throw new NotSupportedException("no progress");
    }

    private sealed class Recorder(List<(int Done, int Failed, int Total)> seen) : IProgress<CallProgress<int, int>>
    {
        public void Report(CallProgress<int, int> value) => seen.Add((value.Done, value.Failed, value.Total));
    }
}
