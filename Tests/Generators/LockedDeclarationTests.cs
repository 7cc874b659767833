namespace Connections.Generators.Tests;

/// <summary>Declarations that the generated body must repeat exactly for the two parts to be one method.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockedDeclarationTests
{
    [TestCase(
        "[Locked] public partial Task<T> ReadAsync<T>(T x) where T : struct, IComparable<T>;",
        "private Task<T> ReadCoreAsync<T>(T x) where T : struct, IComparable<T> => Task.FromResult(x);",
        TestName = "a generic method with constraints")]
    [TestCase(
        "[Locked] public partial Task<T?> ReadAsync<T, U>(T? x, U y) where T : class? where U : notnull, new();",
        "private Task<T?> ReadCoreAsync<T, U>(T? x, U y) where T : class? where U : notnull, new() => Task.FromResult(x);",
        TestName = "constraints on nullability")]
    [TestCase(
        "[Locked] public unsafe partial int Read<T>(T* x, Span<byte> y) where T : unmanaged;",
        "private unsafe int ReadCore<T>(T* x, Span<byte> y) where T : unmanaged => y.Length;",
        TestName = "pointers and spans in a synchronous method")]
    [TestCase(
        "[Locked] public partial ValueTask<(string? Name, int[] Values)> ReadAsync(Dictionary<string, List<int?>?> x, string? y = null);",
        "private ValueTask<(string? Name, int[] Values)> ReadCoreAsync(Dictionary<string, List<int?>?> x, string? y) => default;",
        TestName = "nullability and the names of tuples")]
    [TestCase(
        "[Locked] internal partial Task @defaultAsync(int @class, int releaser, int error, int lockable);",
        "private Task defaultCoreAsync(int @class, int releaser, int error, int lockable) => Task.CompletedTask;",
        TestName = "names that are keywords or those of the generated locals")]
    [TestCase(
        "[Locked] public partial Task WaitAsync(in CancellationToken lockedAsync, CancellationToken other);",
        "private Task WaitCoreAsync(CancellationToken lockedAsync, CancellationToken other) => Task.CompletedTask;",
        TestName = "several tokens")]
    [TestCase(
        "[Locked] public partial Task<dynamic?> ReadAsync(dynamic x, in dynamic? y); [Locked] public partial dynamic Read(dynamic x, List<dynamic> y); [Locked] public partial IAsyncEnumerable<dynamic> WalkAsync(dynamic x);",
        "private Task<dynamic?> ReadCoreAsync(dynamic x, dynamic? y) => default!; private dynamic ReadCore(dynamic x, List<dynamic> y) => x; private IAsyncEnumerable<dynamic> WalkCoreAsync(dynamic x) => default!;",
        TestName = "dynamic parameters and results")]
    [TestCase(
        "[Locked] public partial bool TryRead(string? x, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? y);",
        "private bool TryReadCore(string? x, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? y) { y = x; return y is not null; }",
        TestName = "a parameter that is not null when the result says so")]
    [TestCase(
        "[Locked] [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(x))] public partial string? Read([System.Diagnostics.CodeAnalysis.DisallowNull] string? x);",
        "[return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(x))] private string? ReadCore(string? x) => x;",
        TestName = "a result that is not null if an argument is not")]
    [TestCase(
        "[Locked] public override partial string ToString();",
        "private string ToStringCore() => \"meter\";",
        TestName = "an override")]
    [TestCase(
        "[Locked] private partial Task ReadAsync(int x); [Locked] private partial Task ReadAsync(string x);",
        "private Task ReadCoreAsync(int x) => ReadAsync(x); private Task ReadCoreAsync(string x) => ReadAsync(x);",
        TestName = "overloads")]
    [TestCase(
        "/// <summary>Reads.</summary>\n[Locked, Obsolete(\"x\")] public partial Old Read(Old old); [Obsolete(\"x\")] public class Old;",
        "[Obsolete(\"x\")] private Old ReadCore(Old old) => old;",
        TestName = "obsolete types")]
    [TestCase(
        "[Locked] public partial int Count(ref readonly long x, scoped Span<int> y, params ReadOnlySpan<int> z);",
        "private int CountCore(ref readonly long x, scoped Span<int> y, ReadOnlySpan<int> z) => z.Length;",
        TestName = "scoped and read-only references in a synchronous method")]
    public async Task The_generated_part_fits(string declaration, string core)
    {
        var snippet = new Snippet($$"""
            namespace Lab.@event
            {
                public sealed partial class Meter : Logged
                {
                    {{declaration}}
                    {{core}}
                }
            }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.GeneratedFiles, Is.EqualTo(new[] { "Lab.event.Meter.Locked.g.cs" }));
    }

    [Test]
    public void A_class_may_be_nested_in_generic_ones_and_generic_itself()
    {
        var snippet = new Snippet("""
            namespace Lab;

            public partial interface IOuter<T>
            {
                public partial record struct Middle<U>
                {
                    internal abstract partial class Meter<V> : Logged where V : class
                    {
                        [Locked] public partial Task<V?> ReadAsync(U x);
                        protected abstract Task<V?> ReadCoreAsync(U x);
                    }
                }
            }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }

    [Test]
    public void An_override_that_means_any_type_by_a_nullable_type_parameter_fits()
    {
        var snippet = new Snippet("""
            public abstract class Base : Logged
            {
                public abstract Task<T?> ReadAsync<T>(T? x);
            }

            public sealed partial class Meter : Base
            {
                [Locked] public override partial Task<T?> ReadAsync<T>(T? x) where T : default;
                private Task<T?> ReadCoreAsync<T>(T? x) => Task.FromResult(x);
            }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }

    [Test]
    public void A_locked_method_may_implement_an_interface()
    {
        var snippet = new Snippet("""
            public interface IMeter { ValueTask<int> ReadAsync(CancellationToken cancellationToken = default); }

            public sealed partial record Meter : ILockable, IMeter
            {
                [Locked] public partial ValueTask<int> ReadAsync(CancellationToken cancellationToken);
                private ValueTask<int> ReadCoreAsync(CancellationToken cancellationToken) => new(1);

                ValueTask<Releaser> ILockable.LockAsync(TimeSpan timeout, CancellationToken cancellationToken, string member) => default;
                Releaser ILockable.Lock(TimeSpan timeout, CancellationToken cancellationToken, string member) => default;
                ValueTask ILockable.RecoverAsync(Exception error) => default;
                void ILockable.Recover(Exception error) { }
            }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }

    [Test]
    public async Task A_locked_method_may_be_virtual_and_its_override_locked_too()
    {
        var snippet = new Snippet("""
            public partial class Base : Logged
            {
                [Locked] public virtual partial Task<T?> ReadAsync<T>(T? x, int y = 1) where T : class;
                protected virtual Task<T?> ReadCoreAsync<T>(T? x, int y) where T : class => Task.FromResult(x);
            }

            public partial class Meter : Base
            {
                [Locked] public sealed override partial Task<T?> ReadAsync<T>(T? x, int y) where T : class;
                protected override Task<T?> ReadCoreAsync<T>(T? x, int y) where T : class => base.ReadCoreAsync(x, y);
            }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [Test]
    public async Task Attributes_of_the_declaration_hold_for_its_callers()
    {
        var snippet = new Snippet("""
            public sealed partial class Meter : Logged
            {
                [Locked] public partial Task<string> ReadAsync(int x = 3, [System.Runtime.CompilerServices.CallerMemberName] string member = "", params int[] rest);
                private Task<string> ReadCoreAsync(int x, string member, int[] rest) => Task.FromResult($"{x} {member} {rest.Length}");
            }

            public static class Program
            {
                public static Task<string> RunAsync() => new Meter().ReadAsync();
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("3 RunAsync 0"));
    }

    [Test]
    public void Classes_whose_names_differ_only_in_case_have_files_of_their_own()
    {
        const string members = "{ [Locked] public partial void Read(); private void ReadCore() { } }";
        var snippet = new Snippet($"public partial class Meter : Logged {members} public partial class METER : Logged {members} namespace Lab {{ public partial class Meter : Logged {members} }}");

        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
        Assert.That(snippet.GeneratedFiles, Is.EqualTo(new[] { "Meter.Locked.g.cs", "METER.Locked.2.g.cs", "Lab.Meter.Locked.g.cs" }));
    }

    [Test]
    public void A_dynamic_argument_is_passed_on_without_a_binding_at_run_time()
    {
        var snippet = new Snippet("""
            public sealed partial class Meter : Logged
            {
                [Locked] public partial Task ReadAsync(dynamic x);
                private Task ReadCoreAsync(dynamic x) => Task.CompletedTask;
            }
            """);

        Assert.That(snippet.GeneratedText, Does.Contain("this.ReadCoreAsync((object)x)"));
    }

    [TestCase("", "CONN004", TestName = "no core")]
    [TestCase("private Task<long> ReadCoreAsync(int x) => default!;", "CONN005", TestName = "a core that differs")]
    [TestCase("private Task<int> ReadCoreAsync(string x) => default!;", "CONN005", TestName = "a core with another parameter")]
    public async Task What_is_wrong_with_a_core_is_said_once_and_never_in_generated_code(string core, string id)
    {
        var snippet = new Snippet($$"""
            public sealed partial class Meter : Logged
            {
                [Locked] public partial Task<int> ReadAsync(int x);
                {{core}}
            }
            """);

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(1).Items.And.All.StartsWith(id));
        Assert.That(snippet.CompilerDiagnostics, Has.Exactly(1).Items.And.All.Contains("error CS8795"), "the body that is missing");
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [Test]
    public void A_method_without_a_core_does_not_keep_the_others_from_their_bodies()
    {
        var snippet = new Snippet("""
            public sealed partial class Meter : Logged
            {
                [Locked] public partial Task ReadAsync();
                [Locked] public partial Task ResetAsync();
                private Task ResetCoreAsync() => Task.CompletedTask;
            }
            """);

        Assert.That(snippet.CompilerDiagnostics, Has.Exactly(1).Items.And.All.Contains("error CS8795").And.All.Contains("ReadAsync"));
    }

    [Test]
    public void Generated_code_is_marked_as_such_and_allocates_no_closure()
    {
        var snippet = new Snippet("""
            public sealed partial class Meter : Logged
            {
                [Locked] public partial Task ReadAsync(int x);
                private Task ReadCoreAsync(int x) => Task.CompletedTask;
            }
            """);

        Assert.That(snippet.GeneratedText, Does.StartWith("// <auto-generated/>\n#nullable enable\n"));
        Assert.That(snippet.GeneratedText, Does.Contain("GeneratedCode(\"Connections.Generators\""));
        Assert.That(snippet.GeneratedText, Does.Not.Contain("=>"));
    }
}
