namespace Connections.Generators.Tests;

/// <summary>What a locked stream does with the lock, told by a log.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockedStreamTests
{
    private const string Walk = """
        [Locked] public partial IAsyncEnumerable<int> WalkAsync(int count, CancellationToken cancellationToken = default);

        private async IAsyncEnumerable<int> WalkCoreAsync(int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                for (var i = 1; i <= count; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
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
    public async Task Each_fetch_holds_the_lock_and_the_body_of_the_loop_does_not()
    {
        var snippet = Meter(Walk, "await foreach (var x in meter.WalkAsync(2)) { meter.Log.Add($\"body {x}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "lock WalkAsync; fetch 1; release; body 1; lock WalkAsync; fetch 2; release; body 2; lock WalkAsync; clean up; release"));
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
    }

    [Test]
    public async Task A_stream_that_nobody_enumerates_takes_no_lock()
    {
        var snippet = Meter(Walk, "_ = meter.WalkAsync(2); await using (meter.WalkAsync(2).GetAsyncEnumerator()) { }");

        Assert.That(await snippet.RunAsync(), Is.Empty);
    }

    [Test]
    public async Task Leaving_the_loop_cleans_up_inside_the_lock()
    {
        var snippet = Meter(Walk, "await foreach (var x in meter.WalkAsync(2)) { break; } meter.Log.Add(\"after\")");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; fetch 1; release; lock WalkAsync; clean up; release; after"));
    }

    [Test]
    public async Task An_error_in_the_body_of_the_loop_cleans_up_and_recovers_nothing()
    {
        var snippet = Meter(
            Walk,
            "try { await foreach (var x in meter.WalkAsync(2)) { throw new InvalidOperationException(\"mine\"); } } catch (InvalidOperationException error) { meter.Log.Add(error.Message); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; fetch 1; release; lock WalkAsync; clean up; release; mine"));
    }

    [Test]
    public async Task An_error_of_the_core_cleans_up_and_recovers_before_the_lock_is_released()
    {
        var snippet = Meter(
            """
            [Locked] public partial IAsyncEnumerable<int> WalkAsync();
            private async IAsyncEnumerable<int> WalkCoreAsync()
            {
                try { yield return 1; await Task.Yield(); throw new InvalidOperationException("oops"); }
                finally { Log.Add("clean up"); }
            }
            """,
            "try { await foreach (var x in meter.WalkAsync()) { meter.Log.Add($\"body {x}\"); } } catch (InvalidOperationException error) { meter.Log.Add($\"caught {error.Message}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "lock WalkAsync; release; body 1; lock WalkAsync; clean up; recover async from oops; release; caught oops"));
    }

    [Test]
    public async Task An_error_while_cleaning_up_is_recovered_from_too()
    {
        var snippet = Meter(
            """
            [Locked] public partial IAsyncEnumerable<int> WalkAsync();
            private async IAsyncEnumerable<int> WalkCoreAsync()
            {
                try { await Task.Yield(); yield return 1; } finally { throw new InvalidOperationException("oops"); }
            }
            """,
            "try { await foreach (var x in meter.WalkAsync()) { break; } } catch (InvalidOperationException error) { meter.Log.Add($\"caught {error.Message}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "lock WalkAsync; release; lock WalkAsync; recover async from oops; release; caught oops"));
    }

    [Test]
    public async Task A_core_that_is_no_iterator_starts_inside_the_lock()
    {
        var snippet = Meter(
            """
            [Locked] public partial IAsyncEnumerable<int> WalkAsync();
            private IAsyncEnumerable<int> WalkCoreAsync() => throw new InvalidOperationException("oops");
            """,
            "try { await foreach (var x in meter.WalkAsync()) { } } catch (InvalidOperationException error) { meter.Log.Add($\"caught {error.Message}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; recover async from oops; release; caught oops"));
    }

    [Test]
    public async Task The_timeout_of_the_attribute_bounds_each_fetch_but_not_the_cleaning_up()
    {
        var snippet = Meter(Walk.Replace("[Locked]", "[Locked(TimeoutMs = 250)]", StringComparison.Ordinal), "await foreach (var x in meter.WalkAsync(3)) { if (x == 2) { break; } }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "lock WalkAsync within 250 ms; fetch 1; release; lock WalkAsync within 250 ms; fetch 2; release; lock WalkAsync; clean up; release"));
    }

    [TestCase("WalkAsync(9, call.Token)", TestName = "the token of the call")]
    [TestCase("WalkAsync(9).WithCancellation(loop.Token)", TestName = "the token of the loop")]
    [TestCase("WalkAsync(9, call.Token).WithCancellation(loop.Token)", TestName = "either of two, the first cancelled")]
    [TestCase("WalkAsync(9, loop.Token).WithCancellation(call.Token)", TestName = "either of two, the second cancelled")]
    [TestCase("RestAsync(9).WithCancellation(loop.Token)", TestName = "the token of the loop where the call takes none")]
    [TestCase("ByReferenceAsync(9, call.Token).WithCancellation(default)", TestName = "a token by read-only reference")]
    [TestCase("ByReferenceAsync(9, default).WithCancellation(loop.Token)", TestName = "the token of the loop where the call takes one by reference")]
    [TestCase("DeclaredAsync(9, call.Token, default)", TestName = "a token that the declaration marks")]
    [TestCase("DeclaredAsync(9, default, default).WithCancellation(loop.Token)", TestName = "the token of the loop where the declaration marks one")]
    public async Task Cancelling_ends_the_wait_for_the_next_fetch(string stream)
    {
        var snippet = Meter(
            Walk + """
                [Locked] public partial IAsyncEnumerable<int> RestAsync(int count);
                private IAsyncEnumerable<int> RestCoreAsync(int count) => WalkCoreAsync(count, default);
                [Locked] public partial IAsyncEnumerable<int> ByReferenceAsync(in int count, in CancellationToken token);
                private IAsyncEnumerable<int> ByReferenceCoreAsync(in int count, in CancellationToken token) => WalkCoreAsync(count, token);
                [Locked] public partial IAsyncEnumerable<int> DeclaredAsync(
                    int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken marked, CancellationToken other);
                private IAsyncEnumerable<int> DeclaredCoreAsync(int count, CancellationToken marked, CancellationToken other) => WalkCoreAsync(count, marked);
                """,
            $$"""
            using var call = new CancellationTokenSource();
            using var loop = new CancellationTokenSource();
            try { await foreach (var x in meter.{{stream}}) { call.Cancel(); loop.Cancel(); } }
            catch (OperationCanceledException) { meter.Log.Add("cancelled"); }
            """);

        Assert.That(await snippet.RunAsync(), Does.Match("^lock (\\w+); fetch 1; release; lock \\1; clean up; release; cancelled$"));
        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
    }

    [Test]
    public async Task Cancelling_reaches_a_fetch_that_is_under_way()
    {
        var snippet = Meter(
            """
            public TaskCompletionSource Started { get; } = new();
            [Locked] public partial IAsyncEnumerable<int> WalkAsync(CancellationToken cancellationToken = default);
            private async IAsyncEnumerable<int> WalkCoreAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
            {
                Started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                yield return 1;
            }
            """,
            """
            using var call = new CancellationTokenSource();
            using var loop = new CancellationTokenSource();
            await using var walk = meter.WalkAsync(call.Token).GetAsyncEnumerator(loop.Token);
            var next = walk.MoveNextAsync();
            await meter.Started.Task;
            loop.Cancel();
            try { await next; } catch (OperationCanceledException) { meter.Log.Add("cancelled"); }
            """);

        Assert.That(await snippet.RunAsync(), Does.Match("^lock WalkAsync; recover async from .*; release; cancelled$"));
    }

    [TestCase("public partial IAsyncEnumerable<T?> WalkAsync<T>(T? x, params string[] item) where T : class;", "IAsyncEnumerable<T?> WalkCoreAsync<T>(T? x, string[] item) where T : class => default!;", TestName = "generic, names of the generated locals")]
    [TestCase("public partial IAsyncEnumerable<(int A, string? B)> Walk(int source, int more, int ended, int error, int lockable, CancellationToken item);", "IAsyncEnumerable<(int A, string? B)> WalkCore(int source, int more, int ended, int error, int lockable, CancellationToken item) => default!;", TestName = "a tuple, more names of the generated locals")]
    [TestCase("public partial IAsyncEnumerable<int> WalkAsync(in int cancellationToken, int lockedAsync);", "IAsyncEnumerable<int> WalkCoreAsync(int cancellationToken, int lockedAsync) => default!;", TestName = "a read-only reference, names of the local function")]
    [TestCase("public partial IAsyncEnumerable<int> WalkAsync(CancellationToken first, CancellationToken last);", "IAsyncEnumerable<int> WalkCoreAsync(CancellationToken first, CancellationToken last) => default!;", TestName = "two tokens")]
    public async Task The_generated_part_of_a_stream_fits(string declaration, string core)
    {
        var snippet = new Snippet($"public sealed partial class Meter : Logged {{ [Locked] {declaration} private {core} }}");

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [TestCase("ref int x", "by 'ref'")]
    [TestCase("Span<byte> x", "as a ref struct")]
    public async Task CONN006_covers_streams(string parameter, string how)
    {
        var found = await new Snippet($"public sealed partial class Meter : Logged {{ [Locked] public partial IAsyncEnumerable<int> WalkAsync({parameter}); }}").AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith($"CONN006 'WalkAsync' is asynchronous and takes 'x' {how}"));
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
