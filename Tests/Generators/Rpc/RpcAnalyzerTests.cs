namespace Connections.Generators.Tests.Rpc;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class RpcAnalyzerTests
{
    [TestCase("[RpcService] public interface IMeter<T> { Task<T> ReadAsync(); }", "is generic, and a service is registered for one type; derive an interface from it for each type argument and mark that [RpcService]", TestName = "generic service")]
    [TestCase("public class Lab { [RpcService] private interface IMeter { } }", "can be named only inside another type or file; make it public or internal", TestName = "private service")]
    [TestCase("[RpcService] public interface IMeter : IDisposable { }", "is disposable, and a caller cannot dispose of what is in another process; leave IDisposable and IAsyncDisposable to the class", TestName = "disposable service")]
    [TestCase("[RpcService(Version = 0)] public interface IMeter { }", "has a version that is not 1 to 65,535", TestName = "version 0")]
    [TestCase("[RpcService(Version = 65_536)] public interface IMeter { }", "has a version that is not 1 to 65,535", TestName = "version beyond the last")]
    [TestCase("[RpcService(JsonContext = typeof(string))] public interface IMeter { }", "names 'String' as its JsonContext, which does not derive from JsonSerializerContext", TestName = "no context")]
    [TestCase("[RpcService] public interface IMeter { } public class MeterRpc;", "needs the name 'MeterRpc' for its generated class, but a type or namespace of that name stands beside it already; rename one of them", TestName = "service without a free name")]
    public async Task CONN030_says_why_an_interface_cannot_be_a_service(string source, string reason)
    {
        var snippet = new Snippet(source);

        Assert.That(await snippet.AnalyzeAsync(), Does.Contain($"CONN030 The [RpcService] interface 'IMeter' {reason}"));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [TestCase("string Name { get; }", "Name", "is a property, and another process is asked by a method that returns a ValueTask<T>")]
    [TestCase("event Action Changed;", "Changed", "is an event; return an IAsyncEnumerable<T> of what happens")]
    [TestCase("int Read();", "Read", "is synchronous, and would block its thread until another process answers; return a Task or a ValueTask")]
    [TestCase("IEnumerable<int> Walk();", "Walk", "returns a sequence that is not an IAsyncEnumerable<T>; return that, or a list in a Task<T>")]
    [TestCase("Task ReadAsync<T>(T x);", "ReadAsync", "is generic, and the types that travel are fixed; declare a method for each")]
    [TestCase("Task ReadAsync(ref int x);", "ReadAsync", "takes 'x' by 'ref', which cannot go to another process; take it by value (a ReadOnlyMemory<byte> for a span), or return it as a result")]
    [TestCase("Task ReadAsync(Span<byte> x);", "ReadAsync", "takes 'x' as a ref struct, which cannot go to another process; take it by value (a ReadOnlyMemory<byte> for a span), or return it as a result")]
    [TestCase("Task ReadAsync(Action x);", "ReadAsync", "takes 'x', which is a delegate and cannot go to another process; take data")]
    [TestCase("Task ReadAsync(CancellationToken x, int y);", "ReadAsync", "takes the CancellationToken 'x' before another parameter; take one, and last")]
    [TestCase("static abstract Task ReadAsync();", "ReadAsync", "is static, and there is no type to ask in another process; leave it to the class")]
    [TestCase("System.Runtime.CompilerServices.YieldAwaitable Yield();", "Yield", "returns neither Task, Task<T>, ValueTask, ValueTask<T> nor IAsyncEnumerable<T>; return one of those")]
    public async Task CONN031_names_the_member_and_what_to_do(string member, string name, string reason)
    {
        var snippet = new Snippet($"[RpcService] public interface IMeter {{ Task OkAsync(); {member} }}");

        Assert.That(await snippet.AnalyzeAsync(), Is.EqualTo(new[] { $"CONN031 '{name}' of the [RpcService] interface 'IMeter' {reason}" }));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [TestCase("Task<Version> ReadAsync();", "returns 'Version'")]
    [TestCase("IAsyncEnumerable<Version> ReadAsync();", "returns 'Version'")]
    [TestCase("Task ReadAsync(int x, Version? y);", "takes 'Version?'")]
    [TestCase("Task ReadAsync(int? x);", "takes 'int?'")]
    [TestCase("Task ReadAsync(Memory<byte> x);", "takes 'Memory<byte>'")]
    public async Task CONN032_names_the_type_that_nobody_knows(string member, string what)
    {
        var snippet = new Snippet($"[RpcService] public interface IMeter {{ {member} }}");

        Assert.That(await snippet.AnalyzeAsync(), Is.EqualTo(new[]
        {
            $"CONN032 'ReadAsync' of the [RpcService] interface 'IMeter' {what} as JSON, and the service has no JsonContext; name a JsonSerializerContext that knows this type, or send bytes",
        }));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [TestCase("public class Meter { [Idempotent] public Task ReadAsync() => Task.CompletedTask; }", 1, TestName = "a method of a class")]
    [TestCase("public interface IMeter { [Idempotent] Task ReadAsync(); }", 1, TestName = "a method of no service")]
    [TestCase("[RpcService] public interface IMeter { [Idempotent] Task ReadAsync() => Task.CompletedTask; }", 1, TestName = "a method that does not travel")]
    [TestCase("public interface IMeter<T> { [Idempotent] Task ReadAsync(); } [RpcService] public interface IVoltMeter : IMeter<int>;", 0, TestName = "an inherited method")]
    public async Task CONN033_finds_the_attribute_where_nobody_reads_it(string source, int count) =>
        Assert.That(await new Snippet(source).AnalyzeAsync(), Has.Exactly(count).Items.And.All.StartsWith("CONN033 'ReadAsync'"));

    [Test]
    public async Task CONN030_names_both_interfaces_whose_classes_would_bear_one_name() =>
        Assert.That(
            await new Snippet("[RpcService] public interface IMeter { } [RpcService] public interface Meter { }").AnalyzeAsync(),
            Has.Exactly(2).Items.And.All.StartsWith("CONN030").And.All.Contains("'MeterRpc'"));
}
