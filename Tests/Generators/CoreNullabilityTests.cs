namespace Connections.Generators.Tests;

/// <summary>What a Core says about null is held against what its [Locked] method says, before the compiler does so in generated code.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class CoreNullabilityTests
{
    [TestCase("string", "string?", "", "")]
    [TestCase("Task<string>", "Task<string?>", "", "")]
    [TestCase("ValueTask<string[]>", "ValueTask<string?[]>", "", "")]
    [TestCase("Task<List<string?>>", "Task<List<string>>", "", "")]
    [TestCase("Task<(int, string)>", "Task<(int, string?)>", "", "")]
    [TestCase("IAsyncEnumerable<string>", "IAsyncEnumerable<string?>", "", "")]
    [TestCase("IReadOnlyList<object>", "IReadOnlyList<object?>", "", "")]
    [TestCase("Action<string?>", "Action<string>", "", "")]
    [TestCase("void", "void", "string? x", "string x")]
    [TestCase("void", "void", "List<string> x", "List<string?> x")]
    [TestCase("void", "void", "ref string x", "ref string? x")]
    [TestCase("void", "void", "out string x", "out string? x")]
    [TestCase("Task", "Task", "in string? x", "string x")]
    public async Task CONN005_refuses_a_core_that_treats_null_in_another_way(string type, string ofCore, string parameter, string parameterOfCore)
    {
        var snippet = Meter(type, ofCore, parameter, parameterOfCore);

        Assert.That(await snippet.AnalyzeAsync(), Is.EqualTo(new[]
        {
            $"CONN005 'ReadCore' does not fit the [Locked] method 'Read'; write 'private {type} ReadCore({parameter})'",
        }));
        Assert.That(snippet.CompilerDiagnostics, Has.Exactly(1).Items.And.All.Contains("error CS8795"), "the body that is missing");
    }

    [TestCase("string?", "string", "", "")]
    [TestCase("Task<string?>", "Task<string>", "", "")]
    [TestCase("ValueTask<string?[]?>", "ValueTask<string[]>", "", "")]
    [TestCase("Task<(int, string?)?>", "Task<(int, string)?>", "", "")]
    [TestCase("IAsyncEnumerable<string?>", "IAsyncEnumerable<string>", "", "")]
    [TestCase("IReadOnlyList<object?>", "IReadOnlyList<object>", "", "")]
    [TestCase("Action<string>", "Action<string?>", "", "")]
    [TestCase("void", "void", "string x", "string? x")]
    [TestCase("void", "void", "string?[] x, int? y", "string?[]? x, int? y")]
    [TestCase("void", "void", "out string? x", "out string x")]
    public async Task A_core_may_promise_more_and_ask_for_less(string type, string ofCore, string parameter, string parameterOfCore)
    {
        var snippet = Meter(type, ofCore, parameter, parameterOfCore);

        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
        Assert.That(snippet.CompilerDiagnostics, Is.Empty, snippet.GeneratedText);
    }

    [TestCase("T", "T?", "where T : class")]
    [TestCase("T", "T?", "")]
    [TestCase("Task<T>", "Task<T?>", "where T : notnull")]
    public async Task CONN005_refuses_a_core_that_gives_null_for_a_type_parameter(string type, string ofCore, string constraint)
    {
        var snippet = new Snippet(
            $"public sealed partial class Meter : Logged {{ [Locked] public partial {type} Read<T>() {constraint}; private {ofCore} ReadCore<T>() {constraint} => throw new Exception(); }}");

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(1).Items.And.All.StartsWith("CONN005 'ReadCore' does not fit"));
    }

    [TestCase("string?", 1)]
    [TestCase("string", 0)]
    public async Task CONN005_knows_the_type_argument_of_a_base_class(string argument, int expected)
    {
        var snippet = new Snippet($$"""
            public abstract class Base<T> : Logged { protected abstract Task<T> ReadCoreAsync(); }
            public abstract partial class Meter : Base<{{argument}}> { [Locked] public partial Task<string> ReadAsync(); }
            """);

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(expected).Items.And.All.StartsWith("CONN005"));
    }

    private static Snippet Meter(string type, string ofCore, string parameter, string parameterOfCore) => new(
        $"public sealed partial class Meter : Logged {{ [Locked] public partial {type} Read({parameter}); private {ofCore} ReadCore({parameterOfCore}) => throw new Exception(); }}");
}
