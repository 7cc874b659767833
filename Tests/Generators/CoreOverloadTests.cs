namespace Connections.Generators.Tests;

/// <summary>The Core that fits is the one that is called, or there is an error.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class CoreOverloadTests
{
    [TestCase("int x", "int x", "long x", TestName = "a wider number")]
    [TestCase("string x", "string x", "object x", TestName = "a base class")]
    [TestCase("int x", "int x", "int x, int y = 2", TestName = "an optional parameter more")]
    [TestCase("int x", "int x", "params int[] x", TestName = "a list of arguments")]
    [TestCase("int x, int y", "int x, int y", "params long[] x", TestName = "a list of several arguments")]
    [TestCase("int x", "int x", "in long x", TestName = "a read-only reference")]
    [TestCase("int x", "int x", "Wide x", TestName = "a conversion of its own")]
    [TestCase("dynamic x", "dynamic x", "object x, int y = 1", TestName = "a dynamic argument")]
    public async Task CONN015_names_the_overload_that_hides_an_inherited_core(string parameters, string core, string overload)
    {
        var snippet = Heirs($"protected void ReadCore({core}) {{ }}", $"[Locked] public partial void Read({parameters}); private void ReadCore({overload}) {{ }}");

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(1).Items.And.All.Matches(
            @"^CONN015 'Meter\.ReadCore\(.*\)' would be called by the \[Locked\] method 'Read' instead of the inherited 'Base\.ReadCore\(.*\)'; give it another name$"));
        Assert.That(snippet.GeneratedFiles, Is.Empty);
    }

    [Test]
    public async Task CONN015_counts_an_override_as_inherited()
    {
        var snippet = Heirs(
            "protected virtual void ReadCore(int x) { }",
            "[Locked] public partial void Read(int x); protected override void ReadCore(int x) { } private void ReadCore(long x) { }");

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(1).Items.And.All.StartsWith("CONN015 'Meter.ReadCore(long)'"));
    }

    [TestCase("[Locked] public partial void Read<T>(T x) where T : class; private void ReadCore<T>(object x) { }", "protected void ReadCore<T>(T x) where T : class { }", 1, TestName = "as many type parameters")]
    [TestCase("[Locked] public partial void Read<T>(T x) where T : class; private void ReadCore(object x) { }", "protected void ReadCore<T>(T x) where T : class { }", 0, TestName = "no type parameters")]
    [TestCase("[Locked] public partial void Read(int x); private void ReadCore<T>(T x) { }", "protected void ReadCore(int x) { }", 1, TestName = "a type parameter to infer")]
    [TestCase("[Locked] public partial void Read(int x); private void ReadCore(string x) { } private void ReadCore(short x) { } private void ReadCore(ref int x) { } private void ReadCore(int x, int y) { } private void ReadCore() { }", "protected void ReadCore(int x) { }", 0, TestName = "overloads that do not take the arguments")]
    [TestCase("[Locked] public partial void Read(ref int x); private void ReadCore(ref long x) { } private void ReadCore(long x) { }", "protected void ReadCore(ref int x) { }", 0, TestName = "a reference")]
    [TestCase("[Locked] public partial void Read(int x); private void ReadCore(int x) { } private void ReadCore(long x) { }", "protected void ReadCore(double x) { }", 0, TestName = "a core of the class's own")]
    public async Task CONN015_judges_as_the_compiler_does(string members, string core, int expected)
    {
        var snippet = Heirs(core, members);

        Assert.That(await snippet.AnalyzeAsync(), Has.Exactly(expected).Items.And.All.StartsWith("CONN015"));
    }

    [Test]
    public async Task Of_overloads_beside_each_other_the_one_that_fits_is_called()
    {
        var snippet = new Snippet("""
            public abstract class Base : Logged
            {
                protected void ReadCore(int x) => Log.Add("int");
                protected void ReadCore(object x) => Log.Add("object");
            }

            public sealed partial class Meter : Base
            {
                [Locked] public partial void Read(int x);
                private void ReadCore(string x) => Log.Add("string");
            }

            public static class Program
            {
                public static Task<string> RunAsync()
                {
                    var meter = new Meter();
                    meter.Read(1);
                    return Task.FromResult(meter.ToString());
                }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock Read; int; release"));
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    private static Snippet Heirs(string ofBase, string ofMeter) => new($$"""
        public readonly struct Wide { public static implicit operator Wide(int x) => default; }
        public abstract class Base : Logged { {{ofBase}} }
        public sealed partial class Meter : Base { {{ofMeter}} }
        """);
}
