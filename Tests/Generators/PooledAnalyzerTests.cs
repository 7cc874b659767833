namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class PooledAnalyzerTests
{
    private const string Stream =
        "is a stream, which would keep one worker while its consumer's loop body runs; declare a method that returns one page and where the next one starts "
        + "as a ValueTask<T>, which leases a worker for each page, and write the stream as an extension method that loops over it";

    [TestCase("[Pooled] public interface IMeter<T> { Task<T> ReadAsync(); }", "is generic, and a facade is registered for one type; derive an interface from it for each type argument and mark that [Pooled]", TestName = "generic")]
    [TestCase("public class Lab<T> { [Pooled] public interface IMeter { } }", "is generic, and a facade is registered for one type; derive an interface from it for each type argument and mark that [Pooled]", TestName = "in a generic class")]
    [TestCase("public class Lab { [Pooled] private interface IMeter { } }", "can be named only inside another type or file; make it public or internal", TestName = "private")]
    [TestCase("[Pooled] file interface IMeter { }", "can be named only inside another type or file; make it public or internal", TestName = "local to a file")]
    [TestCase("[Pooled] public interface IMeter : IAsyncDisposable { }", "is disposable, and a caller would dispose a worker of the pool; leave IDisposable and IAsyncDisposable to the class", TestName = "disposable")]
    [TestCase("[Pooled] public interface IMeter { } public class MeterPool;", "is to be served by 'MeterPool', but a type or namespace of that name stands beside it already; rename one of them", TestName = "without a free name")]
    public async Task CONN020_says_why_an_interface_cannot_be_served(string source, string reason)
    {
        var snippet = new Snippet(source);

        Assert.That(await snippet.AnalyzeAsync(), Is.EqualTo(new[] { $"CONN020 The [Pooled] interface 'IMeter' {reason}" }));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [TestCase("string Name { get; }", "Name", "is a property, and no one worker can answer for the pool; make it a method that returns a ValueTask<T>, or leave it to the class")]
    [TestCase("int this[int x] { set; }", "this[]", "is a property, and no one worker can answer for the pool; make it a method that returns a ValueTask<T>, or leave it to the class")]
    [TestCase("event Action Changed;", "Changed", "is an event, which any worker would raise at any time; hand a callback to a method that returns a Task, or leave it to the class")]
    [TestCase("int Read();", "Read", "is synchronous, and would block its thread until a worker is free; return a Task or a ValueTask")]
    [TestCase("void Reset();", "Reset", "is synchronous, and would block its thread until a worker is free; return a Task or a ValueTask")]
    [TestCase("IAsyncEnumerable<int> Walk();", "Walk", Stream)]
    [TestCase("IAsyncEnumerator<int> Walk();", "Walk", Stream)]
    [TestCase("IEnumerable<int> Walk();", "Walk", Stream)]
    [TestCase("System.Runtime.CompilerServices.YieldAwaitable Yield();", "Yield", "returns neither Task, Task<T>, ValueTask nor ValueTask<T>; return one of those")]
    [TestCase("Task ReadAsync(ref int x);", "ReadAsync", "takes 'x' by 'ref', which cannot wait for a worker; take it by value (a Memory<T> for a Span<T>), or return it as a result")]
    [TestCase("Task ReadAsync(Span<int> x);", "ReadAsync", "takes 'x' as a ref struct, which cannot wait for a worker; take it by value (a Memory<T> for a Span<T>), or return it as a result")]
    [TestCase("static abstract Task ReadAsync();", "ReadAsync", "is static, and a pool has no type of its own to answer for; leave it to the class")]
    [TestCase("protected Task ReadAsync();", "ReadAsync", "cannot be called from outside of the class; make it public")]
    public async Task CONN021_names_the_member_and_what_to_do(string member, string name, string reason)
    {
        var snippet = new Snippet($"[Pooled] public interface IMeter {{ Task OkAsync(); {member} }}");

        Assert.That(await snippet.AnalyzeAsync(), Is.EqualTo(new[] { $"CONN021 '{name}' of the [Pooled] interface 'IMeter' {reason}" }));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [TestCase("[Pooled] public interface IMeter { } [Pooled] public interface Meter { }", "IMeter", "Meter", "MeterPool")]
    [TestCase("[Pooled] public interface ILabMeter { } public class Lab { [Pooled] public interface IMeter { } }", "ILabMeter", "IMeter", "LabMeterPool")]
    public async Task CONN020_names_both_interfaces_whose_facades_would_bear_one_name(string source, string first, string second, string facade)
    {
        var snippet = new Snippet($"namespace Lab1 {{ {source} }}");

        Assert.That(await snippet.AnalyzeAsync(), Is.EqualTo(new[]
        {
            $"CONN020 The [Pooled] interface '{first}' is to be served by '{facade}', and so is '{second}', the other [Pooled] interface in its namespace; rename one of them",
            $"CONN020 The [Pooled] interface '{second}' is to be served by '{facade}', and so is '{first}', the other [Pooled] interface in its namespace; rename one of them",
        }));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
    }

    [TestCase("namespace A { [Pooled] public interface IMeter { } } namespace B { [Pooled] public interface Meter { } }", TestName = "another namespace")]
    [TestCase("[Pooled] public interface IMeter { } public interface Meter { }", TestName = "an interface that is not pooled")]
    public async Task Facades_that_do_not_meet_are_no_concern(string source)
    {
        var snippet = new Snippet(source);

        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.CompilerDiagnostics, Is.Empty);
    }

    [Test]
    public async Task CONN021_covers_inherited_members()
    {
        var found = await new Snippet("""
            [Pooled] public interface IMeter : INamed { }
            public interface INamed { string Name { get; } }
            """).AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN021 'Name' of the [Pooled] interface 'IMeter' is a property"));
    }

    [Test]
    public async Task An_interface_that_is_not_pooled_may_have_any_member() =>
        Assert.That(await new Snippet("public interface IMeter<T> : IDisposable { T Read(); event Action Changed; }").AnalyzeAsync(), Is.Empty);
}
