namespace Connections.Generators.Tests;

/// <summary>Pooled interfaces at the edges of the language.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class PooledHardCaseTests
{
    [TestCase("Task<T> A<T, U>(T x, U y) where T : unmanaged, Enum where U : List<T>, new(); Task<T?> B<T>(T? x) where T : notnull; ValueTask<T?> C<T>(in T? x) where T : struct; Task D<T, U>(U x) where T : class where U : T;", TestName = "constraints of every kind")]
    [TestCase("Task A(nint x = -5, decimal y = -1.5m, string z = \"a \\\"b\\\" \\\\\", char c = '\\'', DateTime d = default, float f = float.NaN, int? n = null, (int A, string? B) t = default);", TestName = "defaults")]
    [TestCase("Task A([global::System.Runtime.CompilerServices.CallerMemberName] string x = \"\", [global::System.Diagnostics.CodeAnalysis.AllowNull] string y = \"\", [global::System.Diagnostics.CodeAnalysis.DisallowNull] int? z = 1); ValueTask<int> A([global::System.Diagnostics.CodeAnalysis.DisallowNull] string? x);", TestName = "attributes")]
    [TestCase("Task A(params List<int> x); Task A(int x, params IEnumerable<string?> y); Task @class(int @await, int _, int pool, int _pool, int client, int state, int token);", TestName = "params collections, keywords")]
    [TestCase("Task<(int X, (string? Y, dynamic Z)[] W)?> A(Dictionary<(int A, int B), dynamic?> x, int?[]?[,] y); ValueTask<dynamic?> B();", TestName = "tuples in tuples")]
    [TestCase("Task A(CancellationToken x); Task A(in CancellationToken x, int y); Task A(CancellationToken? x);", TestName = "tokens")]
    public async Task A_facade_fits_its_interface(string members)
    {
        var snippet = new Snippet($"namespace Lab {{ [Pooled] public interface IMeter {{ {members} }} public class System; public class Task2; }}");

        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }

    [TestCase("public interface IA { Task ReadAsync(); } public interface IB : IA; public interface IC : IA; [Pooled] public interface IMeter : IB, IC;", TestName = "a diamond")]
    [TestCase("public interface IA { Task<int> ReadAsync(int x); } public interface IB { Task<string> ReadAsync(int x); ValueTask ReadAsync(string x); } [Pooled] public interface IMeter : IA, IB { new ValueTask ReadAsync(int x); }", TestName = "members of one name")]
    [TestCase("public interface IA<out T> { Task ReadAsync(); } public interface IB<in T> { Task WriteAsync(T x); } [Pooled] public interface IMeter : IA<string?>, IA<object>, IB<(int A, string? B)>, IB<List<string?>>;", TestName = "variant and generic interfaces, each twice")]
    [TestCase("public interface IA { Task ReadAsync(); string Name { get; } } [Pooled] public interface IMeter : IA { Task IA.ReadAsync() => Task.CompletedTask; string IA.Name => \"x\"; }", TestName = "a member that the pooled interface implements")]
    [TestCase("public interface IA { Task ReadAsync() => Task.CompletedTask; } [Pooled] public interface IMeter : IA { abstract Task IA.ReadAsync(); }", TestName = "a method that the pooled interface makes abstract again")]
    [TestCase("public interface IA { static abstract int Count { get; } } [Pooled] public interface IMeter : IA { static int IA.Count => 1; Task ReadAsync(); static virtual int More() => 1; }", TestName = "static members with an implementation")]
    [TestCase("public partial class Lab { [Pooled] protected internal partial interface IMeter { Task ReadAsync(); } } public partial class Lab { protected internal partial interface IMeter { Task MoreAsync(); } }", TestName = "parts of a nested interface")]
    [TestCase("namespace @namespace.@class { [Pooled] public interface @interface { Task @event(); } }", TestName = "names that are keywords")]
    public async Task A_facade_fits_what_its_interface_inherits(string source)
    {
        var snippet = new Snippet(source);

        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(snippet.GeneratedFiles, Has.Exactly(2).Items);
    }

    [TestCase("public interface IA { string Name => \"x\"; } [Pooled] public interface IMeter : IA { abstract string IA.Name { get; } }", "Name", "is a property")]
    [TestCase("public interface IA { int Read() => 1; } public interface IB : IA { int IA.Read() => 2; } public interface IC : IA { int IA.Read() => 3; } [Pooled] public interface IMeter : IB, IC;", "Read", "is synchronous")]
    [TestCase("public interface IA { event Action Changed; } [Pooled] public interface IMeter : IA;", "Changed", "is an event")]
    [TestCase("[Pooled] public interface IMeter { static abstract IMeter operator +(IMeter a, IMeter b); }", "op_Addition", "is static")]
    [TestCase("[Pooled] public interface IMeter { T Read<T>() where T : Task; }", "Read", "returns neither Task, Task<T>, ValueTask nor ValueTask<T>")]
    [TestCase("[Pooled] public interface IMeter { Late ReadAsync(); } public class Late() : Task(() => { });", "ReadAsync", "returns neither Task, Task<T>, ValueTask nor ValueTask<T>")]
    [TestCase("[Pooled] public interface IMeter { Task ReadAsync<T>(T x) where T : allows ref struct; }", "ReadAsync", "takes 'x' as a ref struct")]
    [TestCase("[Pooled] public interface IMeter { Task ReadAsync(out int x); }", "ReadAsync", "takes 'x' by 'out'")]
    [TestCase("[Pooled] public unsafe interface IMeter { Task ReadAsync(delegate*<void> x); }", "ReadAsync", "takes 'x' as a pointer")]
    [TestCase("[Pooled] public interface IMeter { ref int Read(ref int x); }", "Read", "returns neither Task, Task<T>, ValueTask nor ValueTask<T>")]
    public async Task CONN021_finds_what_a_facade_would_have_to_implement(string source, string name, string reason)
    {
        var snippet = new Snippet(source);

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(1).Items.And.All.StartsWith($"CONN021 '{name}' of the [Pooled] interface 'IMeter' {reason}"));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [Test]
    public async Task CONN020_leaves_a_namespace_its_name()
    {
        var snippet = new Snippet("[Pooled] public interface IMeter { Task ReadAsync(); } namespace MeterPool { public class Inner; }");

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(1).Items.And.All.StartsWith("CONN020"));
        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
    }

    [Test]
    public async Task A_default_stream_over_pages_leases_a_worker_for_each_page()
    {
        var snippet = new Snippet("""
            [Pooled]
            public interface IMeter
            {
                ValueTask<int?> ReadPageAsync(int from);

                async IAsyncEnumerable<int> ReadAsync()
                {
                    for (int? page = 0; page is not null; page = await ReadPageAsync(page.Value)) { yield return page.Value; }
                }
            }

            public sealed class Meter : IMeter
            {
                public async ValueTask<int?> ReadPageAsync(int from) { await Task.Yield(); return from < 2 ? from + 1 : null; }
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var log = new List<string>();
                    var meter = PoolFacades.Create(new ConnectionPool<IMeter>(new Meter(), log));
                    await foreach (var x in meter.ReadAsync()) { log.Add($"{x}"); }
                    return string.Join("; ", log);
                }
            }
            """);

        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "0; lease ReadPageAsync; return; 1; lease ReadPageAsync; return; 2; lease ReadPageAsync; return"));
    }

    [Test]
    public async Task A_default_implementation_that_a_worker_overrides_is_the_worker_s()
    {
        var snippet = new Snippet("""
            public interface IBase { Task<int> TwiceAsync(int x) => Task.FromResult(2 * x); }
            [Pooled] public interface IMeter : IBase { Task<int> OnceAsync(int x) => Task.FromResult(x); Task<int> IBase.TwiceAsync(int x) => Task.FromResult(20 * x); }

            public sealed class Meter : IMeter { public Task<int> OnceAsync(int x) => Task.FromResult(-x); }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var log = new List<string>();
                    var meter = PoolFacades.Create(new ConnectionPool<IMeter>(new Meter(), log));
                    log.Add($"{await meter.OnceAsync(1)} {await meter.TwiceAsync(1)}");
                    return string.Join("; ", log);
                }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease OnceAsync; return; lease TwiceAsync; return; -1 20"));
    }

    [TestCase("[Obsolete(\"x\", DiagnosticId = \"LAB001\")]")]
    [TestCase("[System.Diagnostics.CodeAnalysis.Experimental(\"LAB001\")]")]
    [TestCase("[Obsolete]")]
    public void What_is_obsolete_or_experimental_may_be_pooled(string attribute)
    {
        var snippet = new Snippet($$"""
            {{attribute}} [Pooled] public interface IMeter { {{attribute}} Task ReadAsync(); }
            [Pooled] public interface IOther { {{attribute}} Task ReadAsync(); }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }
}
