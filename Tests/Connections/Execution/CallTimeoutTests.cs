using Connections.Execution;
using Connections.Pooling;

namespace Connections.Tests.Execution;

/// <summary>How calls are cut short: each by its own timeout, all by one deadline, or by the failure of one.</summary>
public sealed class CallTimeoutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly FakeTime _time = new();

    [Test]
    public async Task A_call_that_takes_too_long_is_a_timeout_that_names_it_and_the_others_go_on()
    {
        var run = ParallelCall.RunAsync(["slow", "fast"], WaitUnlessFastAsync, new ParallelCallOptions { ItemTimeout = Limit, TimeProvider = _time });

        _time.Advance(Limit);

        var results = await run.Within();
        Assert.That(results[0].Error, Is.TypeOf<CallTimeoutException>().With.Message.EqualTo("slow did not finish within the 5 s given to one call."));
        Assert.That((results[0].Duration, results[1].Value), Is.EqualTo((Limit, 1)));
    }

    [Test]
    public async Task A_call_has_its_time_from_its_own_start()
    {
        var started = new TaskCompletionSource();
        var run = ParallelCall.RunAsync<int, int>(
            [0, 1],
            async (input, token) =>
            {
                _ = input == 1 && started.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            new ParallelCallOptions { ItemTimeout = Limit, MaxParallelism = 1, TimeProvider = _time });

        _time.Advance(Limit);
        await started.Task.Within();
        _time.Advance(Limit / 2);
        Assert.That(run.IsCompleted, Is.False);
        _time.Advance(Limit / 2);

        Assert.That((await run.Within()).Select(static result => result.Duration), Is.EqualTo(new[] { Limit, Limit }));
    }

    [Test]
    public async Task The_overall_timeout_ends_those_that_run_and_lets_no_further_one_begin()
    {
        var calls = 0;
        var run = ParallelCall.RunAsync<string, int>(
            ["r1", "r2", "r3"],
            async (_, token) =>
            {
                calls++;
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            new ParallelCallOptions { OverallTimeout = Limit, MaxParallelism = 1, TimeProvider = _time },
            deviceOf: static name => name);

        _time.Advance(Limit);

        var results = await run.Within();
        Assert.That(results.Select(static result => result.Error), Is.All.TypeOf<CallTimeoutException>().And.All.InstanceOf<IConnectionError>());
        Assert.That(results.Select(static result => ((IConnectionError)result.Error!).Device), Is.EqualTo(new[] { "r1", "r2", "r3" }));
        Assert.That(results[2].Error!.Message, Is.EqualTo("r3 did not finish within the 5 s given to all calls together."));
        Assert.That(results.Select(static result => result.Duration), Is.EqualTo(new[] { Limit, TimeSpan.Zero, TimeSpan.Zero }));
        Assert.That(calls, Is.EqualTo(1));
    }

    [Test]
    public async Task A_call_that_ignores_its_token_is_waited_for_and_what_it_gives_late_counts()
    {
        var answer = new TaskCompletionSource<int>();
        var run = ParallelCall.RunAsync<int, int>(
            [0, 1],
            async (input, token) =>
            {
                await (input == 0 ? answer.Task : Task.Delay(Timeout.Infinite, token));
                return 42;
            },
            new ParallelCallOptions { OverallTimeout = Limit, TimeProvider = _time });

        _time.Advance(Limit * 2);
        Assert.That(run.IsCompleted, Is.False);
        answer.SetResult(0);

        var results = await run.Within();
        Assert.That((results[0].Value, results[0].Duration), Is.EqualTo((42, Limit * 2)));
        Assert.That(results[1].Error, Is.TypeOf<CallTimeoutException>());
    }

    [Test]
    public async Task No_timer_is_left_behind()
    {
        await ParallelCall.RunAsync(
            ["fast"], WaitUnlessFastAsync, new ParallelCallOptions { ItemTimeout = Limit, OverallTimeout = Limit, TimeProvider = _time }).Within();

        Assert.That(_time.Pending, Is.Zero);
    }

    [Test]
    public async Task The_first_failure_cancels_the_others_if_asked_and_they_name_it()
    {
        var results = await ParallelCall.RunAsync<string, int>(
            ["r0", "r1", "r2", "r3"],
            static async (input, token) =>
            {
                await (input == "r1" ? Task.FromException(new ConnectionException("broken")) : Task.Delay(Timeout.Infinite, token));
                return 0;
            },
            new ParallelCallOptions { StopOnFirstFailure = true, MaxParallelism = 3 }).Within();

        Assert.That(results[1].Error, Is.TypeOf<ConnectionException>());
        foreach (var index in new[] { 0, 2, 3 })
        {
            Assert.That(
                results[index].Error,
                Is.InstanceOf<OperationCanceledException>().With.Message.EqualTo($"r{index} was cancelled because r1 had failed."));
        }
    }

    [Test]
    public void Limits_out_of_range_are_refused()
    {
        Assert.That(static () => new ParallelCallOptions { MaxParallelism = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(static () => new ParallelCallOptions { MaxPerDevice = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(static () => new ParallelCallOptions { ItemTimeout = TimeSpan.FromSeconds(-1) }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(static () => new ParallelCallOptions { OverallTimeout = TimeSpan.FromDays(50) }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static async ValueTask<int> WaitUnlessFastAsync(string name, CancellationToken token)
    {
        await (name == "fast" ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token));
        return 1;
    }
}
