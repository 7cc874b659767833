namespace Connections.Generators.Tests;

/// <summary>What a stream that holds its lock from the first element to the end does with it, told by a log.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockedHoldTests
{
    private const string Walk = """
        [Locked(Hold = LockHold.Enumeration)]
        public partial IAsyncEnumerable<int> WalkAsync(int count, CancellationToken cancellationToken = default);

        private async IAsyncEnumerable<int> WalkCoreAsync(int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                for (var i = 1; i <= count; i++)
                {
                    await Task.Yield();
                    Log.Add($"fetch {i}");
                    yield return i;
                }
            }
            finally
            {
                Log.Add("clean up");
            }
        }
        """;

    [Test]
    public async Task The_lock_is_held_from_the_first_element_to_the_end()
    {
        var snippet = Meter(Walk, "await foreach (var x in meter.WalkAsync(2)) { meter.Log.Add($\"body {x}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; fetch 1; body 1; fetch 2; body 2; clean up; release"));
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
    }

    [Test]
    public async Task An_enumerator_that_was_never_moved_takes_no_lock()
    {
        var snippet = Meter(Walk, "_ = meter.WalkAsync(2); await using (meter.WalkAsync(2).GetAsyncEnumerator()) { }");

        Assert.That(await snippet.RunAsync(), Is.Empty);
    }

    [Test]
    public async Task Each_enumeration_takes_the_lock_anew()
    {
        var snippet = Meter(Walk, "var walk = meter.WalkAsync(1); await foreach (var x in walk) { } await foreach (var x in walk) { }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "lock WalkAsync; fetch 1; clean up; release; lock WalkAsync; fetch 1; clean up; release"));
    }

    [Test]
    public async Task Leaving_the_loop_cleans_up_and_releases()
    {
        var snippet = Meter(Walk, "await foreach (var x in meter.WalkAsync(2)) { break; } meter.Log.Add(\"after\")");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; fetch 1; clean up; release; after"));
    }

    [Test]
    public async Task An_error_in_the_body_of_the_loop_cleans_up_and_recovers_nothing()
    {
        var snippet = Meter(
            Walk,
            "try { await foreach (var x in meter.WalkAsync(2)) { throw new InvalidOperationException(\"mine\"); } } catch (InvalidOperationException error) { meter.Log.Add(error.Message); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; fetch 1; clean up; release; mine"));
    }

    [Test]
    public async Task An_error_of_the_core_cleans_up_and_recovers_before_the_lock_is_released()
    {
        var snippet = Meter(
            """
            [Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable<int> WalkAsync();
            private async IAsyncEnumerable<int> WalkCoreAsync()
            {
                try { yield return 1; await Task.Yield(); throw new InvalidOperationException("oops"); }
                finally { Log.Add("clean up"); }
            }
            """,
            "try { await foreach (var x in meter.WalkAsync()) { meter.Log.Add($\"body {x}\"); } } catch (InvalidOperationException error) { meter.Log.Add($\"caught {error.Message}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; body 1; clean up; recover async from oops; release; caught oops"));
    }

    [TestCase("private IAsyncEnumerable<int> WalkCoreAsync() => throw new InvalidOperationException(\"oops\");", TestName = "before the first element")]
    [TestCase("private async IAsyncEnumerable<int> WalkCoreAsync() { try { await Task.Yield(); yield return 1; } finally { throw new InvalidOperationException(\"oops\"); } }", TestName = "while cleaning up")]
    public async Task An_error_of_the_core_is_recovered_from_once(string core)
    {
        var snippet = Meter(
            $"[Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable<int> WalkAsync(); {core}",
            "try { await foreach (var x in meter.WalkAsync()) { break; } } catch (InvalidOperationException error) { meter.Log.Add($\"caught {error.Message}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; recover async from oops; release; caught oops"));
    }

    [Test]
    public async Task The_timeout_of_the_attribute_bounds_the_entering()
    {
        var snippet = Meter(
            Walk.Replace("Hold =", "TimeoutMs = 250, Hold =", StringComparison.Ordinal),
            "await foreach (var x in meter.WalkAsync(3)) { if (x == 2) { break; } }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync within 250 ms; fetch 1; fetch 2; clean up; release"));
    }

    [TestCase("WalkAsync(9, call.Token)", TestName = "the token of the call, between two elements")]
    [TestCase("WalkAsync(9).WithCancellation(loop.Token)", TestName = "the token of the loop, between two elements")]
    [TestCase("RestAsync(9).WithCancellation(loop.Token)", TestName = "the token of the loop where the call takes none, between two elements")]
    public async Task Cancelling_ends_a_stream_although_its_core_does_not_listen(string stream)
    {
        var snippet = Meter(
            Walk + """
                [Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable<int> RestAsync(int count);
                private IAsyncEnumerable<int> RestCoreAsync(int count) => WalkCoreAsync(count, default);
                """,
            $$"""
            using var call = new CancellationTokenSource();
            using var loop = new CancellationTokenSource();
            try { await foreach (var x in meter.{{stream}}) { call.Cancel(); loop.Cancel(); } }
            catch (OperationCanceledException) { meter.Log.Add("cancelled"); }
            """);

        Assert.That(await snippet.RunAsync(), Does.Match("^lock (\\w+); fetch 1; clean up; release; cancelled$"));
        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
    }

    [TestCase("new CancellationToken(true)")]
    public async Task A_stream_cancelled_beforehand_never_takes_the_lock(string token)
    {
        var snippet = Meter(
            Walk, $$"""try { await foreach (var x in meter.WalkAsync(9, {{token}})) { } } catch (OperationCanceledException) { meter.Log.Add("cancelled"); }""");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("cancelled"));
    }

    [Test]
    public void Names_of_the_generated_locals_are_free()
    {
        var snippet = new Snippet("""
            public sealed partial class Meter : Logged
            {
                [Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable<source> WalkAsync<source>(int releaser, in int lockable);
                private IAsyncEnumerable<source> WalkCoreAsync<source>(int releaser, in int lockable) => default!;
            }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }

    /// <summary>A class with the given members, and a program that runs the given statement on it and returns its log.</summary>
    private static Snippet Meter(string members, string statement) => new($$"""
        public sealed partial class Meter : Logged
        {
            {{members}}
        }

        public static class Program
        {
            public static async Task<string> RunAsync()
            {
                var meter = new Meter();
                await Task.Yield();
                {{statement}};
                return meter.ToString();
            }
        }
        """);
}
