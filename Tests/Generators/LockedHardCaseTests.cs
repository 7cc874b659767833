namespace Connections.Generators.Tests;

/// <summary>Declarations at the edges of the language: each fits, and runs as declared, without a warning.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockedHardCaseTests
{
    [TestCase(
        """[Locked] public partial Task<T> ReadAsync<T, U, V, W>(T a, U b, V? c, W d) where T : unmanaged, Enum where U : List<T>, IEnumerable<T>, new() where V : class, IComparable<V?> where W : U;""",
        """private Task<A> ReadCoreAsync<A, B, C, D>(A a, B b, C? c, D d) where A : unmanaged, Enum where B : List<A>, IEnumerable<A>, new() where C : class, IComparable<C?> where D : B => Task.FromResult(a);""",
        TestName = "constraints on each other, renamed in the core")]
    [TestCase(
        """[Locked] public partial T Read<T>(scoped T x, ref T y) where T : struct, IDisposable, allows ref struct;""",
        """private T ReadCore<T>(scoped T x, ref T y) where T : struct, IDisposable, allows ref struct => y;""",
        TestName = "a type parameter that may be a ref struct")]
    [TestCase(
        """[Locked] public partial Task<T?> ReadAsync<T>(T? x, List<T?> y); [Locked] public partial Task<T?> ReadAsync<T>(T? x) where T : notnull; [Locked] public partial Task<T?> ReadAsync<T>(T? x, int y) where T : struct;""",
        """private Task<T?> ReadCoreAsync<T>(T? x, List<T?> y) => Task.FromResult(x); private Task<T?> ReadCoreAsync<T>(T? x) where T : notnull => Task.FromResult(x); private Task<T?> ReadCoreAsync<T>(T? x, int y) where T : struct => Task.FromResult(x);""",
        TestName = "generic overloads and every meaning of a nullable type parameter")]
    [TestCase(
        """[Locked] public partial int Read(int x); [Locked] public partial int Read(long x); [Locked] public partial int Read(object? x); [Locked] public partial int Read<T>(T x); [Locked] public partial int Read(int x, params int[] y);""",
        """private int ReadCore(int x) => 1; private int ReadCore(long x) => 2; private int ReadCore(object? x) => 3; private int ReadCore<T>(T x) => 4; private int ReadCore(int x, params int[] y) => 5;""",
        TestName = "overloads of one core")]
    [TestCase(
        """[Locked] public partial Task ReadAsync(params List<int> x); [Locked] public partial Task ReadAsync(int x, params IEnumerable<string?> y);""",
        """private Task ReadCoreAsync(List<int> x) => Task.CompletedTask; private Task ReadCoreAsync(int x, IEnumerable<string?> y) => Task.CompletedTask;""",
        TestName = "params collections")]
    [TestCase(
        """[Locked] public partial (int, (string? A, dynamic B)[]?)? Read((nint X, System.Text.Json.JsonElement? Y) pair, Dictionary<(int A, int B), dynamic?> table, int?[]?[,] array);""",
        """private (int, (string? A, dynamic B)[]?)? ReadCore((nint X, System.Text.Json.JsonElement? Y) pair, Dictionary<(int A, int B), dynamic?> table, int?[]?[,] array) => null;""",
        TestName = "tuples in tuples, dynamic and native integers")]
    [TestCase(
        """[Locked] public unsafe partial delegate*<int, void> Read(delegate* unmanaged[Cdecl]<int*, void> x, int** y, int*[] z);""",
        """private unsafe delegate*<int, void> ReadCore(delegate* unmanaged[Cdecl]<int*, void> x, int** y, int*[] z) => null;""",
        TestName = "function pointers")]
    [TestCase(
        """[Locked] public partial Task ReadAsync([System.Diagnostics.CodeAnalysis.AllowNull] in string x, [System.Diagnostics.CodeAnalysis.DisallowNull] in int? y);""",
        """private Task ReadCoreAsync([System.Diagnostics.CodeAnalysis.AllowNull] in string x, [System.Diagnostics.CodeAnalysis.DisallowNull] in int? y) => Task.CompletedTask;""",
        TestName = "attributes on nullability of what is passed by read-only reference")]
    [TestCase(
        """private string? _name; public string Name => _name ?? ""; [Locked, System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_name))] public partial void Load(); [Locked, System.Diagnostics.CodeAnalysis.DoesNotReturn] public partial void Fail();""",
        """[System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_name))] private void LoadCore() => _name = "x"; [System.Diagnostics.CodeAnalysis.DoesNotReturn] private void FailCore() => throw new Exception();""",
        TestName = "attributes on what holds after the call")]
    [TestCase(
        """[Locked] protected internal partial System.Threading.Tasks.Task<Task.Inner> @class(Task.Inner @params, global::System.Threading.Tasks.Task<int> Task, int @await, int _, int field, int value); public sealed class Task { public sealed class Inner; }""",
        """private System.Threading.Tasks.Task<Task.Inner> classCore(Task.Inner @params, global::System.Threading.Tasks.Task<int> Task, int @await, int _, int field, int value) => default!; public class Task<T>;""",
        TestName = "types and parameters named like others")]
    [TestCase(
        """[Locked] private partial void Reset(); [Locked] partial void Load(int x); [Locked] public new partial string ToString(); [Locked] public virtual partial int Read();""",
        """private void ResetCore() => Load(1); private void LoadCore(int x) => Reset(); private string ToStringCore() => ""; private int ReadCore() => 1;""",
        TestName = "every kind of accessibility")]
    public async Task The_generated_part_fits(string declaration, string core)
    {
        var snippet = new Snippet($"namespace Lab {{ public partial class Meter : Logged {{ {declaration} {core} }} }}");

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [Test]
    public async Task Defaults_of_every_kind_hold_for_callers()
    {
        var snippet = new Snippet(""""
            public enum Unit { Volt = 1, Ampere = -2 }

            public sealed partial class Meter : Logged
            {
                private const int Base = 7;

                [Locked]
                public partial Task<string> ReadAsync<T>(
                    Unit unit = Unit.Ampere, decimal price = -1.50m, string text = "a \"quoted\" \\ \n \u00e9 {0}", string? none = null, char quote = '\'', DateTime when = default,
                    (int, string?) pair = default, int? maybe = null, int? some = 3, T? any = default, float nan = float.NaN, double infinity = double.NegativeInfinity,
                    int computed = (Base * 2) - 1, long least = long.MinValue, nint native = -5, byte octet = 0xFF, Unit? optional = Unit.Volt, CancellationToken cancellationToken = default);

                private async Task<string> ReadCoreAsync<T>(
                    Unit unit, decimal price, string text, string? none, char quote, DateTime when, (int, string?) pair, int? maybe, int? some, T? any, float nan,
                    double infinity, int computed, long least, nint native, byte octet, Unit? optional, CancellationToken cancellationToken)
                {
                    await Task.Yield();
                    return FormattableString.Invariant(
                        $"{unit}|{price}|{text}|{none}|{quote}|{when == default}|{pair}|{maybe}|{some}|{any}|{nan}|{infinity}|{computed}|{least}|{native}|{octet}|{optional}");
                }
            }

            public static class Program
            {
                public static Task<string> RunAsync() => new Meter().ReadAsync<long>();
            }
            """");

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.RunAsync(), Is.EqualTo(
            "Ampere|-1.50|a \"quoted\" \\ \n \u00e9 {0}||'|True|(0, )||3|0|NaN|-Infinity|13|-9223372036854775808|-5|255|Volt"));
    }

    [Test]
    public async Task The_caller_is_known_through_the_generated_body()
    {
        var snippet = new Snippet("""
            using System.Runtime.CompilerServices;

            public sealed partial class Meter : Logged
            {
                [Locked]
                public partial Task<string> ReadAsync(int x, [CallerArgumentExpression(nameof(x))] string text = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0, [CallerFilePath] string file = "");
                private Task<string> ReadCoreAsync(int x, string text, string member, int line, string file) => Task.FromResult($"{text} {member} {line > 0} {file}");
            }

            public static class Program
            {
                public static Task<string> RunAsync() => new Meter().ReadAsync(1 + 2);
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("1 + 2 RunAsync True Snippet.cs"));
    }

    [Test]
    public async Task Attributes_of_the_declaration_are_those_of_the_method()
    {
        var snippet = new Snippet("""
            using System.ComponentModel;
            using System.Reflection;

            public sealed partial class Meter : Logged
            {
                [Locked(TimeoutMs = 5), Description("reads")] [return: Description("what")] public partial Task<T> ReadAsync<[Description("kind")] T>([Description("from")] in T x);
                private Task<T> ReadCoreAsync<T>(in T x) => Task.FromResult(x);
            }

            public static class Program
            {
                public static Task<string> RunAsync()
                {
                    static string Of(ICustomAttributeProvider of) => ((DescriptionAttribute)of.GetCustomAttributes(typeof(DescriptionAttribute), true)[0]).Description;
                    var method = typeof(Meter).GetMethod("ReadAsync")!;
                    return Task.FromResult(
                        $"{Of(method)} {Of(method.GetParameters()[0])} {Of(method.GetGenericArguments()[0])} {Of(method.ReturnParameter)} {method.GetCustomAttribute<LockedAttribute>()!.TimeoutMs}");
                }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("reads from kind what 5"));
    }

    [TestCase("public sealed unsafe partial class Meter : Logged { [Locked] public partial int Read(int* x); private int ReadCore(int* x) => *x; }", TestName = "pointers")]
    [TestCase("public sealed unsafe partial class Meter : Logged { [Locked] public partial int Read(int*[] x, delegate*<void> y); private int ReadCore(int*[] x, delegate*<void> y) => 1; [Locked] public partial Task ReadAsync(int x); private Task ReadCoreAsync(int x) => Task.CompletedTask; }", TestName = "pointers beside an asynchronous method")]
    [TestCase("public unsafe partial class Lab { public sealed partial class Meter : Logged { [Locked] public partial List<int*[]> Read(); private List<int*[]> ReadCore() => []; } }", TestName = "pointers in an enclosing class")]
    public async Task The_generated_part_of_an_unsafe_class_fits(string source)
    {
        var snippet = new Snippet(source);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [TestCase("public sealed partial class Meter(int lockable, string releaser) : Logged { public string Name => releaser + lockable; [Locked] public partial Task ReadAsync(); private Task ReadCoreAsync() => Task.CompletedTask; }", TestName = "a primary constructor")]
    [TestCase("public partial class A<T> { public readonly ref partial struct B { public partial record C<U>(T X) { public static partial class D { internal sealed partial class Meter<V> : Logged where V : T { [Locked] public partial Task<(T, U, V)> ReadAsync<W>(W x) where W : V; private Task<(T, U, V)> ReadCoreAsync<W>(W x) where W : V => default!; } } } } }", TestName = "nested in every kind of type")]
    [TestCase("namespace A { public class Unit; } namespace B { public class Unit; } namespace C { using A; public sealed partial class Meter : Logged { [Locked] public partial Task<B.Unit> ReadAsync(Unit x); private Task<B.Unit> ReadCoreAsync(Unit x) => default!; public class System; public class global; } }", TestName = "types of one name, and one named System")]
    [TestCase("public sealed partial class Meter_1 : Logged { [Locked] public partial void Read(); private void ReadCore() { } } public sealed partial class Meter<T> : Logged { [Locked] public partial void Read(); private void ReadCore() { } }", TestName = "a generic class and one named like its metadata")]
    [TestCase("#nullable disable\npublic sealed partial class Meter : Logged { [Locked] public partial Task<string> ReadAsync<T>(string x, List<T> y, in string z) where T : class; private Task<string> ReadCoreAsync<T>(string x, List<T> y, string z) where T : class => Task.FromResult<string>(null); }", TestName = "a file without nullability")]
    [TestCase("public sealed partial class Meter : Logged {\n#nullable disable\n[Locked] public partial Task<string> ReadAsync(string x);\n#nullable enable\nprivate Task<string> ReadCoreAsync(string x) => Task.FromResult(x); }", TestName = "a declaration without nullability")]
    [TestCase("public abstract partial class Meter : Logged { [Locked] public partial Task ReadAsync(); protected abstract Task ReadCoreAsync(); } public partial class Deep : Meter { [Locked] public new virtual partial Task ReadAsync(); protected override Task ReadCoreAsync() => Task.CompletedTask; }", TestName = "a new member over an abstract core")]
    [TestCase("public abstract class Meter : Logged { public abstract Task ReadAsync<T>(T x) where T : class, new(); public abstract Task<T> Read2Async<T>(T x) where T : notnull; } public sealed partial class Deep : Meter { [Locked] public override partial Task ReadAsync<T>(T x); [Locked] public override partial Task<T> Read2Async<T>(T x); private Task ReadCoreAsync<T>(T x) where T : class, new() => Task.CompletedTask; private Task<T> Read2CoreAsync<T>(T x) where T : notnull => Task.FromResult(x); }", TestName = "an override that inherits its constraints")]
    public async Task The_generated_part_fits_its_class(string source)
    {
        var snippet = new Snippet(source);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [TestCase("[Obsolete(\"x\", DiagnosticId = \"LAB001\")] public class Old;", "LAB001")]
    [TestCase("[System.Diagnostics.CodeAnalysis.Experimental(\"LAB001\")] public class Old;", "LAB001")]
    [TestCase("[Obsolete(\"x\")] public class Old;", "CS0618")]
    public void What_the_user_chose_to_use_is_not_held_against_the_generated_part(string type, string id)
    {
        var snippet = new Snippet($$"""
            {{type}}
            #pragma warning disable {{id}}
            public sealed partial class Meter : Logged
            {
                [Locked] public partial Task<Old> ReadAsync(Old x);
                [Locked] public partial IAsyncEnumerable<Old> WalkAsync(in Old x);
                private Task<Old> ReadCoreAsync(Old x) => Task.FromResult(x);
                private IAsyncEnumerable<Old> WalkCoreAsync(in Old x) => default!;
            }

            [Pooled] public interface IMeter { Task<Old> ReadAsync(Old x); }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }

    [Test]
    public void A_documented_method_needs_no_second_comment()
    {
        var snippet = new Snippet("""
            /// <summary>A meter.</summary>
            public sealed partial class Meter : Logged
            {
                /// <summary>Reads.</summary>
                /// <param name="x">Where.</param>
                [Locked] public partial Task ReadAsync(int x);
                private Task ReadCoreAsync(int x) => Task.CompletedTask;
            }
            """);

        Assert.That(snippet.DocumentationOf("M:Meter.ReadAsync(System.Int32)"), Does.Contain("Reads.").And.Contain("Where."));
    }
}
