namespace Connections.Generators.Tests;

/// <summary>Streams of a real connection that hold its lock to their end, beside other calls of it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockedHoldConcurrencyTests
{
    [Test]
    public async Task Nobody_comes_between_two_elements()
    {
        var snippet = Meter("""
            Task<int>? outsider = null;
            await foreach (var x in meter.WalkAsync(3))
            {
                if (x == 1) { outsider = meter.ReadAsync(7); }
                meter.Log.Add($"{x} {outsider!.IsCompleted}");
            }

            return $"{string.Join(", ", meter.Log)}, then {await outsider!}";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("1 False, 2 False, 3 False, then 7"));
    }

    [Test]
    public async Task A_core_calls_locked_methods_in_every_step_and_while_it_cleans_up()
    {
        var snippet = Meter("""
            var sum = 0;
            await foreach (var x in meter.NestedAsync(5)) { sum += x; if (x == 4) { break; } }
            return $"{sum} {meter.CleanedUp} {await meter.ReadAsync(1)}";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("10 9 1"));
    }

    [Test]
    public async Task A_stream_inside_a_held_lock_enters_it_again_and_leaves_it_held()
    {
        var snippet = Meter("""
            using var held = await meter.LockAsync();
            await foreach (var x in meter.NestedAsync(3)) { }
            return $"{await meter.ReadAsync(1)} {held.IsHeld}";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("1 True"));
    }

    [TestCase("break;", TestName = "leaving the loop")]
    [TestCase("throw new InvalidOperationException();", TestName = "an error in the body")]
    [TestCase("source.Cancel();", TestName = "cancelling between two elements")]
    [TestCase("meter.Fails = true;", TestName = "an error of the core")]
    public async Task The_lock_is_free_after(string statement)
    {
        var snippet = Meter($$"""
            using var source = new CancellationTokenSource();
            try { await foreach (var x in meter.WalkAsync(3, source.Token)) { {{statement}} } }
            catch (Exception error) when (error is InvalidOperationException or OperationCanceledException) { }
            Task<int> next; using (ReentrantAsyncLock.Detach()) { next = meter.ReadAsync(7); } return $"{await next}";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("7"));
    }

    [Test]
    public async Task The_timeout_ends_the_wait_of_a_stream_that_cannot_begin_and_the_next_one_begins()
    {
        var snippet = Meter("""
            var walk = meter.WalkAsync(1).GetAsyncEnumerator();
            await walk.MoveNextAsync();
            var outcome = "began";
            try { await foreach (var x in meter.HurriedAsync(1)) { } }
            catch (LockTimeoutException) { outcome = "timed out"; }
            await walk.DisposeAsync();
            await foreach (var x in meter.HurriedAsync(1)) { outcome += $", then {x}"; }
            return outcome;
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("timed out, then 1"));
    }

    [Test]
    public async Task A_locked_call_in_the_body_waits_until_the_stream_has_ended()
    {
        var snippet = Meter("""
            var walk = meter.WalkAsync(2).GetAsyncEnumerator();
            await walk.MoveNextAsync();
            var own = meter.ReadAsync(7);
            await walk.MoveNextAsync();
            meter.Log.Add($"{own.IsCompleted}");
            await walk.DisposeAsync();
            return $"{meter.Log[0]}, then {await own}";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("False, then 7"));
    }

    [Test]
    public async Task Many_streams_take_turns_as_a_whole()
    {
        var snippet = Meter("""
            async Task SumAsync()
            {
                var before = 0;
                await foreach (var x in meter.WalkAsync(20))
                {
                    before = meter.Steps - before == 1 || x == 1 ? meter.Steps : throw new Exception("another stream came between");
                    await Task.Yield();
                }
            }

            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(SumAsync)));
            return $"{meter.Steps} steps";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("160 steps"));
    }

    private static Snippet Meter(string program) => new(
        $$"""
        using Connections;

        public sealed partial class Meter() : BaseConnection(new ConnectionSettings { DeviceName = "r1" })
        {
            public int Steps { get; private set; }
            public int CleanedUp { get; private set; }
            public bool Fails { get; set; }
            public List<string> Log { get; } = [];

            [Locked] public partial Task<int> ReadAsync(int x);
            [Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable<int> WalkAsync(int count, CancellationToken cancellationToken = default);
            [Locked(Hold = LockHold.Enumeration, TimeoutMs = 50)] public partial IAsyncEnumerable<int> HurriedAsync(int count);
            [Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable<int> NestedAsync(int count);

            private async Task<int> ReadCoreAsync(int x) { await Task.Yield(); return x; }

            private async IAsyncEnumerable<int> WalkCoreAsync(
                int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
            {
                for (var i = 1; i <= count; i++)
                {
                    await Task.Yield();
                    if (Fails) { throw new InvalidOperationException(); }
                    Steps++;
                    yield return i;
                }
            }

            private IAsyncEnumerable<int> HurriedCoreAsync(int count) => WalkCoreAsync(count, default);

            private async IAsyncEnumerable<int> NestedCoreAsync(int count)
            {
                try
                {
                    for (var i = 1; i <= count; i++) { yield return await ReadAsync(i); }
                }
                finally
                {
                    CleanedUp = await ReadAsync(9);
                }
            }

            protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            protected override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }

        public static class Program
        {
            public static async Task<string> RunAsync()
            {
                await using var meter = new Meter();
                {{program}}
            }
        }
        """,
        againstLibrary: true);
}
