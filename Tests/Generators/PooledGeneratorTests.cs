namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class PooledGeneratorTests
{
    [TestCase("Task<int>")]
    [TestCase("ValueTask<int>")]
    public async Task A_call_leases_a_worker_and_hands_back_its_result(string type)
    {
        var snippet = Pool(
            $"{type} AddAsync(int x, string y, CancellationToken cancellationToken = default);",
            $"public async {type} AddAsync(int x, string y, CancellationToken cancellationToken) {{ await Task.Yield(); log.Add($\"add {{x}} {{y}}\"); return x + y.Length; }}",
            "log.Add($\"got {await meter.AddAsync(1, \"two\")}\")");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease AddAsync; add 1 two; return; got 4"));
    }

    [TestCase("Task")]
    [TestCase("ValueTask")]
    public async Task A_call_without_a_result_returns_its_worker_once_it_is_done(string type)
    {
        var snippet = Pool(
            $"{type} ResetAsync(CancellationToken cancellationToken = default);",
            $"public async {type} ResetAsync(CancellationToken cancellationToken) {{ await Task.Yield(); log.Add(\"reset\"); }}",
            "await meter.ResetAsync()");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease ResetAsync; reset; return"));
    }

    [Test]
    public async Task An_error_of_the_worker_reaches_the_caller_after_the_return()
    {
        var snippet = Pool(
            "ValueTask ResetAsync();",
            "public async ValueTask ResetAsync() { await Task.Yield(); throw new InvalidOperationException(\"no\"); }",
            "try { await meter.ResetAsync(); } catch (InvalidOperationException error) { log.Add(error.Message); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease ResetAsync; return; no"));
    }

    [Test]
    public async Task A_stream_over_pages_leases_a_worker_for_each_page_and_none_for_the_body_of_the_loop()
    {
        var snippet = Pool(
            "ValueTask<(int[] Rows, int? Next)> ReadPageAsync(int from);",
            "public async ValueTask<(int[] Rows, int? Next)> ReadPageAsync(int from) { await Task.Yield(); return ([from, from + 1], from < 3 ? from + 2 : null); }",
            """
            async IAsyncEnumerable<int> ReadAsync()
            {
                for (int? next = 1; next is not null;)
                {
                    var page = await meter.ReadPageAsync(next.Value);
                    foreach (var row in page.Rows) { yield return row; }
                    next = page.Next;
                }
            }

            await foreach (var row in ReadAsync()) { log.Add($"row {row}"); }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "lease ReadPageAsync; return; row 1; row 2; lease ReadPageAsync; return; row 3; row 4"));
    }

    [Test]
    public async Task A_pool_of_locked_connections_leases_first_and_locks_then()
    {
        var snippet = new Snippet("""
            [Pooled] public interface IMeter { Task<int> ReadAsync(int x); }

            public sealed partial class Meter : Logged, IMeter
            {
                [Locked] public partial Task<int> ReadAsync(int x);
                private async Task<int> ReadCoreAsync(int x) { await Task.Yield(); Log.Add("core"); return x; }
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var worker = new Meter();
                    var meter = PoolFacades.Create(new ConnectionPool<IMeter>(worker, worker.Log));
                    worker.Log.Add($"got {await meter.ReadAsync(1)}");
                    return worker.ToString();
                }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease ReadAsync; lock ReadAsync; core; release; return; got 1"));
    }

    [Test]
    public async Task A_cancelled_call_never_reaches_a_worker()
    {
        var snippet = Pool(
            "Task ResetAsync(CancellationToken cancellationToken);",
            "public Task ResetAsync(CancellationToken cancellationToken) { log.Add(\"reset\"); return Task.CompletedTask; }",
            "try { await meter.ResetAsync(new CancellationToken(true)); } catch (OperationCanceledException) { log.Add(\"cancelled\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task Members_of_inherited_interfaces_reach_the_worker_even_where_their_signatures_meet()
    {
        var snippet = new Snippet("""
            namespace Lab
            {
                public interface IReader<T> { Task<T> ReadAsync(T x); }
                public interface IOther { Task<int> ReadAsync(int x); }

                [Pooled]
                public interface IMeter : IReader<int>, IOther { new Task<int> ReadAsync(int x); }

                public sealed class Meter : IMeter
                {
                    Task<int> IMeter.ReadAsync(int x) => Task.FromResult(x + 1);
                    Task<int> IReader<int>.ReadAsync(int x) => Task.FromResult(x + 2);
                    Task<int> IOther.ReadAsync(int x) => Task.FromResult(x + 3);
                }
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var meter = PoolFacades.Create(new ConnectionPool<Lab.IMeter>(new Lab.Meter(), []));
                    Lab.IReader<int> reader = meter;
                    Lab.IOther other = meter;
                    return $"{await meter.ReadAsync(0)} {await reader.ReadAsync(0)} {await other.ReadAsync(0)}";
                }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("1 2 3"));
    }

    [Test]
    public async Task A_default_implementation_that_returns_a_task_runs_on_the_worker_under_one_lease()
    {
        var snippet = Pool(
            "Task OneAsync(); async Task TwiceAsync() { await OneAsync(); await OneAsync(); } string Name => \"default\";",
            "public Task OneAsync() { log.Add(\"one\"); return Task.CompletedTask; }",
            "await meter.TwiceAsync(); log.Add(meter.Name)");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease TwiceAsync; one; one; return; default"));
    }

    [TestCase("Task<T?> ReadAsync<T>(T? x) where T : class; Task<T?> ReadAsync<T>(T? x, int y) where T : struct; Task<T?> AnyAsync<T>(T? x);", TestName = "generic methods")]
    [TestCase("Task<int> ReadAsync(int x); Task<int> ReadAsync(string? x); ValueTask ReadAsync();", TestName = "overloads")]
    [TestCase("ValueTask<(string? Name, int?[] Values)?> ReadAsync(in decimal state, int client = 1, string? token = null, params string[] @class);", TestName = "defaults, keywords, names of the generated lambda")]
    [TestCase("Task ManyAsync(int a, int b, int c, int d, int e, int f, int g, int h, int i, CancellationToken first, CancellationToken last);", TestName = "many parameters")]
    [TestCase("Task<dynamic> OneAsync(dynamic x); Task<int> TwoAsync(dynamic? x, int y); ValueTask ThreeAsync(List<dynamic> x, dynamic y, CancellationToken z);", TestName = "dynamic parameters")]
    [TestCase("[Obsolete(\"x\")] Task OldAsync(Old old); [Obsolete(\"x\")] public class Old;", TestName = "obsolete members")]
    [TestCase("static int Count => 1; private int Inner() => 1; sealed int Outer() => Inner(); IAsyncEnumerable<int> Walk() => throw new Exception();", TestName = "members that need no implementation")]
    public async Task A_facade_fits_its_interface(string members)
    {
        var snippet = new Snippet($"namespace Lab.@event; [Pooled] internal interface IMeter {{ {members} }}");

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.GeneratedFiles, Is.EqualTo(new[] { "Lab.event.IMeter.Pooled.g.cs", "Connections.Pools.Facades.g.cs" }));
    }

    [Test]
    public void Several_interfaces_nested_ones_and_those_without_a_namespace_each_have_a_facade()
    {
        var snippet = new Snippet("""
            [Pooled] public interface Meter { Task ReadAsync(); }
            public static class Lab { [Pooled] public interface IMeter { Task ReadAsync(); } }
            [Pooled] public interface INTP { Task ReadAsync(); }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(snippet.GeneratedText, Does.Contain("class MeterPool ").And.Contain("class LabMeterPool ").And.Contain("class NTPPool "));
    }

    [Test]
    public void Interfaces_whose_names_differ_only_in_case_have_files_of_their_own()
    {
        var snippet = new Snippet("[Pooled] public interface IMeter { Task ReadAsync(); } [Pooled] public interface IMETER { Task ReadAsync(); }");

        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
        Assert.That(snippet.GeneratedFiles, Is.EqualTo(new[] { "IMeter.Pooled.g.cs", "IMETER.Pooled.2.g.cs", "Connections.Pools.Facades.g.cs" }));
    }

    [Test]
    public void A_dynamic_argument_is_passed_on_without_a_binding_at_run_time()
    {
        var snippet = new Snippet("[Pooled] public interface IMeter { Task OneAsync(dynamic x); Task TwoAsync(dynamic x, int y); }");

        Assert.That(snippet.GeneratedText, Does.Contain("(object)x,").And.Contain("((object)x, y),"));
    }

    [Test]
    public void No_closure_is_allocated()
    {
        var snippet = new Snippet("[Pooled] public interface IMeter { Task<int> ReadAsync(int x); ValueTask ResetAsync(int x, int y); }");

        Assert.That(snippet.GeneratedText, Does.Contain("static (client, state, token) =>").And.Contain("static async (client, state, token) =>"));
        Assert.That(snippet.GeneratedText, Does.Not.Match(@"(?<!static )(?<!async )\(client, state"));
    }

    [Test]
    public void An_assembly_without_pooled_interfaces_registers_nothing() =>
        Assert.That(new Snippet("public interface IMeter;").GeneratedFiles, Is.Empty);

    [Test]
    public void Facades_compile_against_the_library_itself()
    {
        var snippet = new Snippet(
            "[Pooled] public interface IMeter { Task<int> ReadAsync(int x, CancellationToken token); Task ResetAsync(); ValueTask WaitAsync(int x); ValueTask<int> NextAsync(); }",
            againstLibrary: true);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }

    /// <summary>A pool of one worker, and a program that runs the given statement on its facade and returns what was logged.</summary>
    private static Snippet Pool(string declaration, string implementation, string statement) => new($$"""
        namespace Lab
        {
            [Pooled]
            public interface IMeter
            {
                {{declaration}}
            }

            public sealed class Meter(List<string> log) : IMeter
            {
                public List<string> Log => log;

                {{implementation}}
            }
        }

        public static class Program
        {
            public static async Task<string> RunAsync()
            {
                var log = new List<string>();
                var pool = new ConnectionPool<Lab.IMeter>(new Lab.Meter(log), log);
                var meter = PoolFacades.Create(pool);
                await Task.Yield();
                {{statement}};
                return string.Join("; ", log);
            }
        }
        """);
}
