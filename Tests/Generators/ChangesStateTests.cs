namespace Connections.Generators.Tests;

/// <summary>What the generated code does with [ChangesState], told by a log.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class ChangesStateTests
{
    [TestCase("Task", "await meter.ConfigureAsync()")]
    [TestCase("ValueTask", "await meter.ConfigureAsync()")]
    [TestCase("Task<int>", "_ = await meter.ConfigureAsync()")]
    [TestCase("ValueTask<int>", "_ = await meter.ConfigureAsync()")]
    public async Task An_asynchronous_method_says_that_it_changes_the_state_inside_the_lock_and_before_its_core(string type, string call)
    {
        var result = type.EndsWith('>') ? "return 1;" : "";
        var snippet = Meter(
            $$"""
            [Locked, ChangesState] public partial {{type}} ConfigureAsync();
            private async {{type}} ConfigureCoreAsync() { await Task.Yield(); Log.Add("core"); {{result}} }
            """,
            call);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ConfigureAsync; changed; core; release"));
        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [TestCase("void", "")]
    [TestCase("int", "return 1;")]
    public async Task So_does_a_synchronous_one(string type, string result)
    {
        var snippet = Meter(
            $$"""[Locked, ChangesState] public partial {{type}} Configure(); private {{type}} ConfigureCore() { Log.Add("core"); {{result}} }""",
            "meter.Configure()");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock Configure; changed; core; release"));
    }

    [Test]
    public async Task So_does_one_that_takes_an_argument_by_read_only_reference()
    {
        var snippet = Meter(
            """[Locked, ChangesState] public partial Task ConfigureAsync(in int lockable); private async Task ConfigureCoreAsync(int x) { await Task.Yield(); Log.Add($"core {x}"); }""",
            "await meter.ConfigureAsync(1)");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ConfigureAsync; changed; core 1; release"));
    }

    [Test]
    public async Task A_stream_says_so_at_each_fetch()
    {
        var snippet = Meter(
            """
            [Locked, ChangesState] public partial IAsyncEnumerable<int> WalkAsync();
            private async IAsyncEnumerable<int> WalkCoreAsync() { await Task.Yield(); Log.Add("core"); yield return 1; }
            """,
            "await foreach (var x in meter.WalkAsync()) { meter.Log.Add($\"body {x}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "lock WalkAsync; changed; core; release; body 1; lock WalkAsync; changed; release"));
    }

    [Test]
    public async Task A_stream_that_holds_the_lock_says_so_at_each_fetch()
    {
        var snippet = Meter(
            """
            [Locked(Hold = LockHold.Enumeration), ChangesState] public partial IAsyncEnumerable<int> WalkAsync();
            private async IAsyncEnumerable<int> WalkCoreAsync() { await Task.Yield(); Log.Add("core"); yield return 1; }
            """,
            "await foreach (var x in meter.WalkAsync()) { meter.Log.Add($\"body {x}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock WalkAsync; changed; core; body 1; changed; release"));
    }

    [Test]
    public async Task A_stream_that_is_never_fetched_from_says_nothing()
    {
        var snippet = Meter(
            """
            [Locked, ChangesState] public partial IAsyncEnumerable<int> WalkAsync();
            private async IAsyncEnumerable<int> WalkCoreAsync() { await Task.Yield(); yield return 1; }
            """,
            "await using (meter.WalkAsync().GetAsyncEnumerator()) { }");

        Assert.That(await snippet.RunAsync(), Is.Empty);
    }

    [Test]
    public async Task A_method_that_is_not_marked_says_nothing()
    {
        var snippet = Meter(
            "[Locked] public partial Task ReadAsync(); private Task ReadCoreAsync() => Task.CompletedTask;",
            "await meter.ReadAsync()");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ReadAsync; release"));
    }

    [Test]
    public async Task The_state_counts_as_changed_when_core_fails()
    {
        var snippet = Meter(
            """[Locked, ChangesState] public partial Task ConfigureAsync(); private Task ConfigureCoreAsync() => throw new InvalidOperationException("oops");""",
            "try { await meter.ConfigureAsync(); } catch (InvalidOperationException) { }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ConfigureAsync; changed; recover async from oops; release"));
    }

    [Test]
    public async Task An_override_inherits_the_mark()
    {
        var snippet = new Snippet("""
            public abstract class Base : Logged
            {
                [ChangesState] public abstract Task ConfigureAsync();
            }

            public sealed partial class Meter : Base
            {
                [Locked] public override partial Task ConfigureAsync();
                private Task ConfigureCoreAsync() { Log.Add("core"); return Task.CompletedTask; }
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var meter = new Meter();
                    await meter.ConfigureAsync();
                    return meter.ToString();
                }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ConfigureAsync; changed; core; release"));
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [Test]
    public async Task Nothing_has_changed_where_the_lock_was_not_granted()
    {
        var snippet = new Snippet(
            """
            public sealed partial class Meter : ILockable
            {
                private readonly ReentrantAsyncLock _lock = new();

                public int Changes { get; private set; }

                [Locked(TimeoutMs = 0), ChangesState] public partial Task ConfigureAsync(CancellationToken cancellationToken = default);
                [Locked(TimeoutMs = 0), ChangesState] public partial void Configure();
                [Locked(TimeoutMs = 0), ChangesState] public partial IAsyncEnumerable<int> WalkAsync();

                private Task ConfigureCoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;
                private void ConfigureCore() { }
                private async IAsyncEnumerable<int> WalkCoreAsync() { await Task.Yield(); yield return 1; }

                public ValueTask<Releaser> LockAsync(TimeSpan timeout, CancellationToken cancellationToken, string member = "") => _lock.LockAsync(timeout, cancellationToken, member);
                public Releaser Lock(TimeSpan timeout, CancellationToken cancellationToken, string member = "") => _lock.Lock(timeout, cancellationToken, member);
                public ValueTask RecoverAsync(Exception error) => default;
                public void Recover(Exception error) { }
                void ILockable.MarkStateChanged() => Changes++;
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var meter = new Meter();
                    int refused;
                    using (await meter.LockAsync(Timeout.InfiniteTimeSpan, default))
                    {
                        refused = await BeRefusedAsync(meter);
                    }

                    var before = meter.Changes;
                    await meter.ConfigureAsync();
                    return $"{refused} refused, {before} changes; {meter.Changes} later";
                }

                private static Task<int> BeRefusedAsync(Meter meter)
                {
                    using var outsider = ReentrantAsyncLock.Detach();
                    return CallAsync(meter);
                }

                private static async Task<int> CallAsync(Meter meter)
                {
                    var refused = 0;
                    try { await meter.ConfigureAsync(); } catch (LockTimeoutException) { refused++; }
                    try { meter.Configure(); } catch (LockTimeoutException) { refused++; }
                    try { await foreach (var x in meter.WalkAsync()) { } } catch (LockTimeoutException) { refused++; }
                    try { await meter.ConfigureAsync(new CancellationToken(true)); } catch (OperationCanceledException) { refused++; }
                    return refused;
                }
            }
            """,
            againstLibrary: true);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("4 refused, 0 changes; 1 later"));
    }

    [Test]
    public async Task A_lockable_that_keeps_no_state_of_its_own_need_not_hear_of_it()
    {
        var snippet = new Snippet("""
            public sealed partial class Meter : ILockable
            {
                [Locked, ChangesState] public partial Task ConfigureAsync();
                private Task ConfigureCoreAsync() => Task.CompletedTask;

                ValueTask<Releaser> ILockable.LockAsync(TimeSpan timeout, CancellationToken cancellationToken, string member) => new(new Releaser(() => { }));
                Releaser ILockable.Lock(TimeSpan timeout, CancellationToken cancellationToken, string member) => new(() => { });
                ValueTask ILockable.RecoverAsync(Exception error) => default;
                void ILockable.Recover(Exception error) { }
            }

            public static class Program
            {
                public static async Task<string> RunAsync() { await new Meter().ConfigureAsync(); return "done"; }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("done"));
    }

    [TestCase("Task", "")]
    [TestCase("ValueTask", "")]
    [TestCase("Task<int>", "return 1;")]
    [TestCase("ValueTask<int>", "return 1;")]
    public async Task A_facade_leases_a_worker_to_change_it(string type, string result)
    {
        var snippet = Pool(
            $"[ChangesState] {type} ConfigureAsync(int x); {type} ReadAsync();",
            $"public async {type} ConfigureAsync(int x) {{ await Task.Yield(); Log.Add($\"configure {{x}}\"); {result} }} public async {type} ReadAsync() {{ await Task.Yield(); {result} }}",
            "await meter.ConfigureAsync(1); await meter.ReadAsync()");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease ConfigureAsync to change; configure 1; return; lease ReadAsync; return"));
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [Test]
    public async Task A_facade_and_a_locked_method_both_say_so()
    {
        var snippet = Pool(
            "[ChangesState] Task ConfigureAsync();",
            """[Locked, ChangesState] public partial Task ConfigureAsync(); private Task ConfigureCoreAsync() { Log.Add("core"); return Task.CompletedTask; }""",
            "await meter.ConfigureAsync()");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease ConfigureAsync to change; lock ConfigureAsync; changed; core; release; return"));
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [Test]
    public async Task A_facade_heeds_the_marks_of_inherited_interfaces()
    {
        var snippet = new Snippet("""
            public interface IConfigurable { [ChangesState] Task ConfigureAsync(); }
            public interface IWritable<T> { [ChangesState] Task WriteAsync(T x); Task<T> ReadAsync(); }
            [Pooled] public interface IMeter : IConfigurable, IWritable<int>;

            public sealed class Meter : IMeter
            {
                public Task ConfigureAsync() => Task.CompletedTask;
                public Task WriteAsync(int x) => Task.CompletedTask;
                public Task<int> ReadAsync() => Task.FromResult(1);
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var log = new List<string>();
                    var meter = PoolFacades.Create(new ConnectionPool<IMeter>(new Meter(), log));
                    await meter.ConfigureAsync();
                    await meter.WriteAsync(1);
                    await meter.ReadAsync();
                    return string.Join("; ", log);
                }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "lease ConfigureAsync to change; return; lease WriteAsync to change; return; lease ReadAsync; return"));
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [Test]
    public void Facades_that_change_state_compile_against_the_library_itself()
    {
        var snippet = new Snippet(
            "[Pooled] public interface IMeter { [ChangesState] Task<int> OneAsync(int x, CancellationToken token); [ChangesState] Task TwoAsync(); [ChangesState] ValueTask ThreeAsync(int x, int y); [ChangesState] ValueTask<int> FourAsync(); }",
            againstLibrary: true);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(snippet.GeneratedText.Split("RunChangingStateAsync"), Has.Length.EqualTo(5));
    }

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

    private static Snippet Pool(string declaration, string implementation, string statement) => new($$"""
        [Pooled] public interface IMeter { {{declaration}} }

        public sealed partial class Meter : Logged, IMeter
        {
            {{implementation}}
        }

        public static class Program
        {
            public static async Task<string> RunAsync()
            {
                var worker = new Meter();
                var meter = PoolFacades.Create(new ConnectionPool<IMeter>(worker, worker.Log));
                {{statement}};
                return worker.ToString();
            }
        }
        """);
}
