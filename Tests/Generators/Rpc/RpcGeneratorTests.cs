using Connections.Generators.Rpc;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Tests.Rpc;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class RpcGeneratorTests
{
    [TestCase("Task ReadAsync(); Task ReadAsync(int x); ValueTask<int> ReadAsync(string? x, CancellationToken y = default);", TestName = "overloaded methods of a service")]
    [TestCase("Task<byte[]> ReadAsync(ReadOnlyMemory<byte> x); ValueTask<ReadOnlyMemory<byte>> WriteAsync(byte[] x); IAsyncEnumerable<byte[]> WalkAsync(CancellationToken x);", TestName = "bytes")]
    [TestCase("Task ReadAsync(int method, string service, bool call, double arguments, Guid token, TimeSpan binding, DateTime output);", TestName = "names of the generated lambdas")]
    [TestCase("Task ReadAsync(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j);", TestName = "ten parameters")]
    [TestCase("Task @class(in decimal @event, params byte[] @params); Task<byte[]?> NullAsync(byte[]? x);", TestName = "keywords and nulls")]
    [TestCase("[Obsolete(\"x\")] Task OldAsync(); static int Count => 1; int Twice(int x) => 2 * x; Task BothAsync() => ReadAsync(); Task ReadAsync();", TestName = "members that do not travel")]
    public async Task What_is_generated_fits_its_interface(string members)
    {
        var snippet = new Snippet($"namespace Lab.@event; [RpcService] internal interface IMeter {{ {members} }}");

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.GeneratedFiles, Is.EqualTo(new[] { "Lab.event.IMeter.Rpc.g.cs", "Connections.Rpc.Contracts.g.cs" }));
    }

    [Test]
    public void Members_of_inherited_interfaces_travel_too()
    {
        var snippet = new Snippet("""
            public interface IReader<T> { Task<T> ReadAsync(T x); }
            public interface IOther { Task<int> ReadAsync(int x); Task OtherAsync(); }
            [RpcService] public interface IMeter : IReader<int>, IOther { new Task<int> ReadAsync(int x); Task IOther.OtherAsync() => Task.CompletedTask; }
            """);

        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
        Assert.That(snippet.GeneratedText, Does.Contain("global::IReader<int>.ReadAsync").And.Contain("global::IOther.ReadAsync").And.Not.Contain("OtherAsync("));
    }

    [Test]
    public void Name_version_and_idempotence_are_registered()
    {
        var snippet = new Snippet("[RpcService(Name = \"a \\\"b\\\"\", Version = 7)] public interface IMeter { [Idempotent] Task ReadAsync(); Task WriteAsync(); }");

        Assert.That(snippet.GeneratedText, Does.Contain("\"a \\\"b\\\"\",\n").And.Contain("7,\n").And.Match("ReadAsync\",\\s+0x[0-9a-f]{8}u,\\s+true,").And.Match("WriteAsync\",\\s+0x[0-9a-f]{8}u,\\s+false,"));
    }

    [Test]
    public void A_method_is_called_by_the_same_id_wherever_it_stands_and_by_another_if_it_changes()
    {
        var before = IdOfRead("Task<int> ReadAsync(int x);");

        Assert.That(IdOfRead("Task FirstAsync(); Task<int> ReadAsync(int other, CancellationToken y = default);"), Is.EqualTo(before));
        Assert.That(IdOfRead("Task<int> ReadAsync(long x);"), Is.Not.EqualTo(before));
        Assert.That(IdOfRead("Task<long> ReadAsync(int x);"), Is.Not.EqualTo(before));
    }

    [TestCase(RpcGenerator.ServicesStep)]
    [TestCase(RpcGenerator.RegistrationsStep)]
    public void An_unrelated_edit_leaves_every_step_as_it_was(string step)
    {
        var before = new Snippet("[RpcService] public interface IMeter { Task ReadAsync(int x, CancellationToken y); }");
        var after = before.With("public class Unrelated;");

        Assert.That(before.Reasons(step), Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.New));
        Assert.That(after.Reasons(step), Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached).Or.All.EqualTo(IncrementalStepRunReason.Unchanged));
        Assert.That(after.OutputReasons, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    private static string IdOfRead(string members)
    {
        var text = new Snippet($"[RpcService] public interface IMeter {{ {members} }}").GeneratedText;
        return System.Text.RegularExpressions.Regex.Match(text, "ReadAsync\",\\s+(0x[0-9a-f]{8}u)").Groups[1].Value;
    }
}
