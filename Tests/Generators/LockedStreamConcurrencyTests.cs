namespace Connections.Generators.Tests;

/// <summary>Locked streams of a real connection, beside other calls of it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockedStreamConcurrencyTests
{
    [Test]
    public async Task The_body_of_the_loop_may_call_another_locked_method()
    {
        var snippet = Meter("""
            var read = 0;
            await foreach (var x in meter.WalkAsync(100))
            {
                read += await meter.ReadAsync(x);
                await foreach (var y in meter.WalkAsync(1)) { read += y; }
            }

            return $"{read}, {meter.Most} at a time";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("5150, 1 at a time"));
    }

    [Test]
    public async Task The_body_of_the_loop_does_not_hold_the_lock()
    {
        var snippet = Meter("""
            await foreach (var x in meter.WalkAsync(1))
            {
                Task<int> outsider;
                using (ReentrantAsyncLock.Detach()) { outsider = meter.ReadAsync(7); }
                return $"{x} {await outsider.WaitAsync(TimeSpan.FromSeconds(20))}";
            }

            return "no element";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("1 7"));
    }

    [Test]
    public async Task Two_streams_take_turns_by_elements_and_never_overlap()
    {
        var snippet = Meter("""
            await using var one = meter.WalkAsync(3).GetAsyncEnumerator();
            await using var two = meter.WalkAsync(3).GetAsyncEnumerator();
            for (var i = 0; i < 3; i++)
            {
                await Task.WhenAll(one.MoveNextAsync().AsTask(), two.MoveNextAsync().AsTask());
                meter.Log.Add($"{one.Current}{two.Current}");
            }

            return $"{string.Join(" ", meter.Log)}, {meter.Most} at a time";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("11 22 33, 1 at a time"));
    }

    [Test]
    public async Task Many_streams_and_calls_never_overlap()
    {
        var snippet = Meter("""
            async Task<int> SumAsync()
            {
                var sum = 0;
                await foreach (var x in meter.WalkAsync(50)) { sum += x; }
                return sum;
            }

            var sums = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(SumAsync)));
            return $"{string.Join(" ", sums.Distinct())}, {meter.Most} at a time";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("1275, 1 at a time"));
    }

    [Test]
    public async Task Abandoning_a_stream_waits_for_the_lock_to_clean_up()
    {
        var snippet = Meter("""
            var walk = meter.WalkAsync(3).GetAsyncEnumerator();
            await walk.MoveNextAsync();
            Task leaving;
            using (await meter.LockAsync())
            {
                using (ReentrantAsyncLock.Detach()) { leaving = walk.DisposeAsync().AsTask(); }
                meter.Log.Add($"held: {meter.CleanedUp} {leaving.IsCompleted}");
            }

            await leaving;
            meter.Log.Add($"released: {meter.CleanedUp}");
            return string.Join(", ", meter.Log);
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("held: 0 False, released: 1"));
    }

    [Test]
    public async Task A_stream_inside_a_held_lock_enters_it_again()
    {
        var snippet = Meter("""
            using var held = await meter.LockAsync();
            var sum = 0;
            await foreach (var x in meter.WalkAsync(3)) { sum += await meter.ReadAsync(x); }
            return $"{sum}";
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("6"));
    }

    private static Snippet Meter(string program) => new(
        $$"""
        using Connections;

        public sealed partial class Meter() : BaseConnection(new ConnectionSettings { DeviceName = "r1" })
        {
            private int _inside;
            private int _most;

            public int Most => _most;
            public int CleanedUp { get; private set; }
            public List<string> Log { get; } = [];

            [Locked] public partial IAsyncEnumerable<int> WalkAsync(int count, CancellationToken cancellationToken = default);
            [Locked] public partial Task<int> ReadAsync(int x);

            private async IAsyncEnumerable<int> WalkCoreAsync(
                int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
            {
                try
                {
                    for (var i = 1; i <= count; i++)
                    {
                        yield return await ReadCoreAsync(i);
                    }
                }
                finally
                {
                    CleanedUp++;
                }
            }

            private async Task<int> ReadCoreAsync(int x)
            {
                _most = Math.Max(_most, Interlocked.Increment(ref _inside));
                await Task.Yield();
                Interlocked.Decrement(ref _inside);
                return x;
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
