namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class ChangesStateAnalyzerTests
{
    private const string Core = " private Task ConfigureCoreAsync() => Task.CompletedTask;";
    private const string Unmarked = "[Locked] public partial Task ConfigureAsync();" + Core;
    private const string Marked = "[Locked, ChangesState] public partial Task ConfigureAsync();" + Core;
    private const string Interface = "[Pooled] public interface IMeter { [ChangesState] Task ConfigureAsync(); } ";

    [TestCase("[ChangesState] public void Configure() { }", "'Configure' is [ChangesState] but not [Locked]", TestName = "a method")]
    [TestCase("[ChangesState] public static void Configure() { }", "'Configure' is [ChangesState] but not [Locked]", TestName = "a static method")]
    [TestCase("[ChangesState] public virtual void Configure() { }", "'Configure' is [ChangesState] but not [Locked]", TestName = "a virtual method")]
    [TestCase("public int Mode { get; [ChangesState] set; }", "'Mode' is [ChangesState] but not [Locked]", TestName = "an accessor")]
    [TestCase("[ChangesState] void IBase.Configure() { }", "'Configure' is [ChangesState] but not [Locked]", TestName = "an explicit implementation")]
    [TestCase("void IBase.Configure() { Inner(); [ChangesState] void Inner() { } }", "'Inner' is [ChangesState] but a local function, which is not [Locked]", TestName = "a local function")]
    [TestCase("void IBase.Configure() { var x = [ChangesState] () => { }; }", "'lambda' is [ChangesState] but a lambda, which is not [Locked]", TestName = "a lambda")]
    public async Task CONN022_says_where_the_mark_is_seen_by_nobody(string member, string problem)
    {
        var found = await new Snippet($$"""
            public interface IBase { void Configure() { } }
            public partial class Meter : Logged, IBase { {{member}} }
            """).AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            $"CONN022 {problem}, so no pool learns of the change; mark it [Locked], or mark it in a [Pooled] interface that declares it",
        }));
    }

    [Test]
    public async Task CONN022_says_that_an_interface_is_not_pooled()
    {
        var found = await new Snippet("public interface IMeter { [ChangesState] Task ConfigureAsync(); }").AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            "CONN022 'ConfigureAsync' is [ChangesState] but 'IMeter' is not [Pooled], so no pool learns of the change; "
                + "mark the interface [Pooled], or the [Locked] methods that implement this one [ChangesState]",
        }));
    }

    [TestCase("[Pooled] public interface IMeter { [ChangesState] IAsyncEnumerable<int> WalkAsync() => throw new Exception(); }", "WalkAsync", TestName = "a stream with a default implementation")]
    [TestCase("[Pooled] public interface IMeter { [ChangesState] private Task ConfigureAsync() => Task.CompletedTask; }", "ConfigureAsync", TestName = "a private method")]
    [TestCase("[Pooled] public interface IMeter { [ChangesState] static Task ConfigureAsync() => Task.CompletedTask; }", "ConfigureAsync", TestName = "a static method")]
    [TestCase("public interface IBase { Task ConfigureAsync(); } [Pooled] public interface IMeter : IBase { [ChangesState] Task IBase.ConfigureAsync() => Task.CompletedTask; }", "ConfigureAsync", TestName = "a default for an inherited method")]
    public async Task CONN022_says_that_a_facade_does_not_forward(string source, string name)
    {
        Assert.That(await new Snippet(source).AnalyzeAsync(), Is.EqualTo(new[]
        {
            $"CONN022 '{name}' is [ChangesState] but not forwarded by a facade, so no pool learns of the change; mark the methods that it calls",
        }));
    }

    [TestCase("public interface IBase { [ChangesState] Task ConfigureAsync(); } [Pooled] public interface IMeter : IBase;", TestName = "an interface that a pooled one inherits")]
    [TestCase("public interface IBase { [ChangesState] Task ConfigureAsync(); } namespace Lab { public class Outer { [Pooled] public interface IMeter : IBase; } }", TestName = "an interface that a nested one inherits")]
    [TestCase("public interface IMeter<T> { [ChangesState] Task ConfigureAsync(); }", TestName = "a generic interface, for others to derive from")]
    [TestCase("[Pooled] public interface IMeter { [ChangesState] async Task ConfigureAsync() => await Task.Yield(); }", TestName = "a default implementation that a facade forwards")]
    [TestCase("public abstract class Base { [ChangesState] public abstract Task ConfigureAsync(); }", TestName = "an abstract method")]
    public async Task CONN022_leaves_alone_what_a_facade_or_an_override_heeds(string source) =>
        Assert.That(await new Snippet(source).AnalyzeAsync(), Is.Empty);

    [Test]
    public async Task What_cannot_be_forwarded_is_refused_once()
    {
        var found = await new Snippet("[Pooled] public interface IMeter { [ChangesState] IAsyncEnumerable<int> WalkAsync(); }").AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN021 'WalkAsync'"));
    }

    [TestCase("public sealed partial class Meter : Logged, IMeter { " + Unmarked + " }", "Meter", TestName = "a class")]
    [TestCase("public partial class Base : Logged { " + Unmarked + " } public sealed class Meter : Base, IMeter;", "Meter", TestName = "a class that inherits the method")]
    [TestCase("public partial class Base : Logged, IMeter { " + Unmarked + " } public sealed class Meter : Base;", "Base", TestName = "a base class, once")]
    [TestCase("public sealed partial record Meter : ILockable, IMeter { " + Unmarked + Lockable + " }", "Meter", TestName = "a record")]
    public async Task CONN023_names_the_locked_method_that_does_not_say_what_its_interface_says(string source, string type)
    {
        Assert.That(await new Snippet(Interface + source).AnalyzeAsync(), Is.EqualTo(new[]
        {
            $"CONN023 'ConfigureAsync' of '{type}' implements 'IMeter.ConfigureAsync', which is [ChangesState], and is not marked itself, "
                + "so its calls through a lease go unnoticed; mark it [ChangesState] as well",
        }));
    }

    [TestCase(Interface + "public sealed partial class Meter : Logged, IMeter { " + Marked + " }", TestName = "both are marked")]
    [TestCase("[Pooled] public interface IMeter { Task ConfigureAsync(); } public sealed partial class Meter : Logged, IMeter { " + Marked + " }", TestName = "only the class marks its method")]
    [TestCase(Interface + "public sealed class Meter : IMeter { public Task ConfigureAsync() => Task.CompletedTask; }", TestName = "the class locks nothing")]
    [TestCase(Interface + "public abstract class Base : Logged, IMeter { [ChangesState] public abstract Task ConfigureAsync(); } public sealed partial class Meter : Base { [Locked] public override partial Task ConfigureAsync();" + Core + " }", TestName = "the overridden method is marked")]
    [TestCase(Interface + "public sealed partial class Meter : Logged, IMeter { " + Unmarked + " Task IMeter.ConfigureAsync() => Task.CompletedTask; }", TestName = "another method implements it")]
    public async Task CONN023_leaves_alone_what_is_noticed(string source) =>
        Assert.That(await new Snippet(source).AnalyzeAsync(), Is.Empty);

    private const string Lockable = """
        ValueTask<Releaser> ILockable.LockAsync(TimeSpan timeout, CancellationToken cancellationToken, string member) => default;
        Releaser ILockable.Lock(TimeSpan timeout, CancellationToken cancellationToken, string member) => default;
        ValueTask ILockable.RecoverAsync(Exception error) => default;
        void ILockable.Recover(Exception error) { }
        """;
}
