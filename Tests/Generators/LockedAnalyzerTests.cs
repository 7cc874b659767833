namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockedAnalyzerTests
{
    [TestCase("[Locked] public Task ReadAsync() => Task.CompletedTask;", "is not a partial declaration")]
    [TestCase("[Locked] public static partial Task ReadAsync();", "is static")]
    [TestCase("[Locked] public partial Task ReadAsync(); public partial Task ReadAsync() => Task.CompletedTask;", "has a body of its own")]
    public async Task CONN001_names_what_keeps_the_generator_from_writing_a_body(string declaration, string problem)
    {
        var found = await Meter(declaration + "private Task ReadCoreAsync() => Task.CompletedTask;").AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            $"CONN001 'ReadAsync' is [Locked] but {problem}; declare it as an instance method of a class with 'partial' and without a body, and write its work as 'ReadCoreAsync'",
        }));
    }

    [Test]
    public async Task CONN001_refuses_an_explicit_implementation_of_an_interface()
    {
        var snippet = new Snippet("""
            public interface IMeter { Task ReadAsync(); }

            public sealed partial class Meter : Logged, IMeter
            {
                [Locked] partial Task IMeter.ReadAsync();
                private Task ReadCoreAsync() => Task.CompletedTask;
            }
            """);

        Assert.That(await snippet.AnalyzeAsync(), Is.EqualTo(new[]
        {
            "CONN001 'ReadAsync' is [Locked] but implements an interface explicitly; declare it as an instance method of a class with 'partial' and without a body, and write its work as 'ReadCoreAsync'",
        }));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [TestCase("public interface IMeter { [Locked] Task ReadAsync(); }", "ReadAsync", "is a member of an interface, whose implementations it does not bind")]
    [TestCase("public interface IMeter { [Locked] Task ReadAsync() => Task.CompletedTask; }", "ReadAsync", "is a member of an interface, whose implementations it does not bind")]
    [TestCase("public sealed partial class Meter : Logged { public int Value { [Locked] get; } }", "Value", "is an accessor")]
    [TestCase("public sealed partial class Meter : Logged { public partial int Value { [Locked] get; } public partial int Value { get => 1; } }", "Value", "is an accessor")]
    [TestCase("public sealed partial class Meter : Logged { public void Run() { Read(); [Locked] void Read() { } } }", "Read", "is a local function")]
    [TestCase("public sealed partial class Meter : Logged { public Action Run() => [Locked] () => { }; }", "lambda", "is a lambda")]
    [TestCase("public sealed partial class Meter : Logged { [Locked] ~Meter() { } }", "Finalize", "is not an ordinary method")]
    [TestCase("public sealed partial class Meter : Logged { [Locked] public unsafe partial Task ReadAsync(); }", "ReadAsync", "is asynchronous and 'unsafe', which cannot await")]
    public async Task CONN001_refuses_what_cannot_be_a_partial_method(string source, string name, string problem)
    {
        var snippet = new Snippet(source);

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(1).Items.And.All.StartsWith($"CONN001 '{name}' is [Locked] but {problem}; declare it as"));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [TestCase("public class Meter : Logged {", "}", "'Meter'", "not partial")]
    [TestCase("public class Lab { public partial class Meter : Logged {", "} }", "'Lab'", "not partial")]
    [TestCase("file partial class Meter : Logged {", "}", "'Meter'", "local to its file")]
    public async Task CONN002_names_the_class_that_cannot_have_another_part(string open, string close, string type, string problem)
    {
        var found = await new Snippet($"{open} [Locked] public partial Task ReadAsync(); private Task ReadCoreAsync() => Task.CompletedTask; {close}").AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            $"CONN002 {type} has [Locked] methods or encloses a class that has, but is {problem}; declare it 'partial', in any file but not as 'file'",
        }));
    }

    [TestCase("public partial class Meter")]
    [TestCase("public partial class Meter : IDisposable")]
    public async Task CONN003_asks_for_a_lock(string head)
    {
        var found = await new Snippet($$"""
            {{head}}
            {
                [Locked] public partial Task ReadAsync();
                private Task ReadCoreAsync() => Task.CompletedTask;
                public void Dispose() { }
            }
            """).AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            "CONN003 'Meter' has the [Locked] method 'ReadAsync' but no lock; derive it from Connections.BaseConnection or make it a class that implements Connections.Locking.ILockable",
        }));
    }

    [TestCase("sealed ", "private")]
    [TestCase("", "protected virtual")]
    public async Task CONN004_shows_the_core_to_write(string modifier, string access)
    {
        var found = await new Snippet($$"""
            public {{modifier}}partial class Meter : Logged
            {
                [Locked] public partial Task<T> ReadAsync<T>(in int x, CancellationToken cancellationToken = default);
            }
            """).AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            "CONN004 'ReadAsync' is [Locked] but there is no 'ReadCoreAsync' to do its work; "
                + $"write '{access} Task<T> ReadCoreAsync<T>(in int x, CancellationToken cancellationToken)'",
        }));
    }

    [Test]
    public async Task CONN004_does_not_count_a_core_that_cannot_be_called()
    {
        var found = await new Snippet("""
            public class Base : Logged
            {
                private Task ReadCoreAsync() => Task.CompletedTask;
            }

            public partial class Meter : Base
            {
                [Locked] public partial Task ReadAsync();
            }
            """).AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.Some.StartsWith("CONN004"));
    }

    [Test]
    public async Task A_core_may_be_inherited()
    {
        var found = await new Snippet("""
            public abstract class Base<T> : Logged
            {
                protected abstract Task<T> ReadCoreAsync();
            }

            public abstract partial class Meter : Base<int>
            {
                [Locked] public partial Task<int> ReadAsync();
            }
            """).AnalyzeAsync();

        Assert.That(found, Is.Empty);
    }

    [TestCase("private Task<int> ReadCoreAsync(string x) => default!;", TestName = "another parameter")]
    [TestCase("private Task<int> ReadCoreAsync() => default!;", TestName = "a parameter fewer")]
    [TestCase("private Task<long> ReadCoreAsync(int x) => default!;", TestName = "another result")]
    [TestCase("private Task<int> ReadCoreAsync<T>(int x) => default!;", TestName = "a type parameter")]
    [TestCase("private Task<int> ReadCoreAsync(ref int x) => default!;", TestName = "another way of passing")]
    [TestCase("private static Task<int> ReadCoreAsync(int x) => default!;", TestName = "static")]
    public async Task CONN005_shows_the_signature_that_fits(string core)
    {
        var found = await Meter("[Locked] public partial Task<int> ReadAsync(int x);" + core).AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            "CONN005 'ReadCoreAsync' does not fit the [Locked] method 'ReadAsync'; write 'private Task<int> ReadCoreAsync(int x)'",
        }));
    }

    [Test]
    public async Task CONN005_refuses_a_core_that_nobody_can_wait_for()
    {
        var found = await Meter("[Locked] public partial void Reset(); private async void ResetCore() => await Task.Yield();").AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.Some.StartsWith("CONN005"));
    }

    [TestCase("ref int x", "by 'ref'")]
    [TestCase("out int x", "by 'out'")]
    [TestCase("ref readonly int x", "by 'ref readonly'")]
    [TestCase("Span<byte> x", "as a ref struct")]
    [TestCase("params ReadOnlySpan<byte> x", "as a ref struct")]
    public async Task CONN006_names_the_argument_that_cannot_outlive_the_call(string parameter, string how)
    {
        var found = await Meter($"[Locked] public partial Task ReadAsync({parameter});").AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            $"CONN006 'ReadAsync' is asynchronous and takes 'x' {how}, which cannot outlive the call; "
                + "take it by value (a Memory<T> for a Span<T>), return it as a result, or make the method synchronous",
        }));
    }

    [TestCase("IAsyncEnumerator<int>", "System.Collections.Generic.IAsyncEnumerator<int>")]
    [TestCase("IEnumerable<int>", "System.Collections.Generic.IEnumerable<int>")]
    [TestCase("System.Collections.IEnumerator", "System.Collections.IEnumerator")]
    public async Task CONN007_says_how_to_lock_a_sequence(string type, string name)
    {
        var found = await Meter($"[Locked] public partial {type} WalkAsync(); private {type} WalkCoreAsync() => default!;").AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            $"CONN007 'WalkAsync' is [Locked] and returns '{name}', a sequence that would hold the lock while its consumer's loop body runs; "
                + "return an IAsyncEnumerable<T>, which holds it only while an element is fetched, or one page as a Task",
        }));
    }

    [TestCase("ref int")]
    [TestCase("System.Runtime.CompilerServices.ConfiguredTaskAwaitable")]
    [TestCase("System.Runtime.CompilerServices.YieldAwaitable")]
    public async Task CONN007_refuses_other_awaitables_and_references(string type)
    {
        var found = await Meter($"[Locked] public partial {type} Read(); private {type} ReadCore() => throw new Exception();").AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.Some.Matches("^CONN007 .* return one of those$"));
    }

    [TestCase("T Read<T>() where T : Task", "T ReadCore<T>() where T : Task", TestName = "a type parameter that is a task")]
    [TestCase("Late Read()", "Late ReadCore()", TestName = "a class derived from Task")]
    public async Task CONN007_knows_a_task_in_disguise(string method, string core)
    {
        var found = await Meter($"[Locked] public partial {method}; private {core} => throw new Exception(); public class Late() : Task(() => {{ }});").AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.Matches("^CONN007 .* return one of those$"));
    }

    [TestCase("Pages")]
    [TestCase("System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable<int>")]
    public async Task CONN007_knows_a_stream_in_disguise(string type)
    {
        var found = await Meter($"[Locked] public partial {type} Read(); private {type} ReadCore() => throw new Exception(); public interface Pages : IAsyncEnumerable<int>;").AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN007 'Read' is [Locked] and returns"));
    }

    [TestCase("where T : class", "")]
    [TestCase("where T : new()", "where T : class")]
    [TestCase("where T : struct", "where T : notnull")]
    [TestCase("where T : IComparable<T>", "where T : IComparable<int>")]
    [TestCase("", "where T : allows ref struct")]
    public async Task CONN005_refuses_a_core_that_demands_more_of_its_type_parameters(string ofCore, string ofMethod)
    {
        var snippet = Meter($"[Locked] public partial void Read<T>(T x) {ofMethod}; private void ReadCore<T>(T x) {ofCore} {{ }}");

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(1).Items.And.All.EqualTo(
            $"CONN005 'ReadCore' does not fit the [Locked] method 'Read'; write 'private void ReadCore<T>(T x) {ofMethod}".TrimEnd() + "'"));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [TestCase("LockHold.Enumeration", "Task<int>", 1)]
    [TestCase("LockHold.Enumeration", "void", 1)]
    [TestCase("LockHold.Enumeration", "IAsyncEnumerable<int>", 0)]
    [TestCase("LockHold.Element", "Task<int>", 0)]
    public async Task CONN013_refuses_a_hold_where_there_is_no_stream(string hold, string type, int expected)
    {
        var found = await Meter($"[Locked(Hold = {hold})] public partial {type} Read(); private {type} ReadCore() => throw new Exception();").AnalyzeAsync();

        Assert.That(found, Has.Exactly(expected).Items.And.All.EqualTo(
            $"CONN013 'Read' has Hold = LockHold.Enumeration, which only a method that returns an IAsyncEnumerable<T> can choose, and it returns '{type}'; leave Hold out"));
    }

    [TestCase("-2", 1)]
    [TestCase("-1", 0)]
    [TestCase("0", 0)]
    public async Task CONN008_refuses_a_timeout_below_minus_one(string timeout, int expected)
    {
        var found = await Meter($"[Locked(TimeoutMs = {timeout})] public partial void Read(); private void ReadCore() {{ }}").AnalyzeAsync();

        Assert.That(found, Has.Exactly(expected).Items);
        Assert.That(found, Has.All.StartsWith("CONN008 'Read' has TimeoutMs = -2;"));
    }

    private static Snippet Meter(string members) => new($"public sealed partial class Meter : Logged {{ {members} }}");
}
