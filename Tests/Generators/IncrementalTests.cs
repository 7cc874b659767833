using Connections.Generators.Locking;
using Connections.Generators.Pools;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Tests;

/// <summary>An edit runs again only what depends on it: every key stroke of a user passes through the generators.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class IncrementalTests
{
    private const string Source = """
        public sealed partial class Meter : Logged
        {
            [Locked, ChangesState] public partial Task<T> ReadAsync<T>(T x, CancellationToken cancellationToken = default) where T : notnull;
            private Task<T> ReadCoreAsync<T>(T x, CancellationToken cancellationToken) where T : notnull => Task.FromResult(x);
        }

        [Pooled]
        public interface IMeter { [ChangesState] Task<int> ReadAsync(int x, CancellationToken cancellationToken = default); }
        """;

    [TestCase(LockedGenerator.MethodsStep)]
    [TestCase(LockedGenerator.ClassesStep)]
    [TestCase(PooledGenerator.FacadesStep)]
    [TestCase(PooledGenerator.RegistrationsStep)]
    public void An_unrelated_edit_leaves_every_step_as_it_was(string step)
    {
        var before = new Snippet(Source);
        var after = before.With("public class Unrelated { public int Value { get; set; } }");

        Assert.That(before.Reasons(step), Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.New));
        Assert.That(
            after.Reasons(step),
            Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached).Or.All.EqualTo(IncrementalStepRunReason.Unchanged));
        Assert.That(after.OutputReasons, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void Another_locked_class_leaves_the_first_one_as_it_was()
    {
        var after = new Snippet(Source).With("""
            public sealed partial class Other : Logged
            {
                [Locked] public partial Task ReadAsync();
                private Task ReadCoreAsync() => Task.CompletedTask;
            }
            """);

        Assert.That(
            after.Reasons(LockedGenerator.ClassesStep),
            Is.EquivalentTo(new[] { IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.New }));
    }

    [Test]
    public void An_edit_in_the_body_of_a_core_leaves_every_generated_file_as_it_was()
    {
        var before = new Snippet(Source);
        var after = before.Replace("Task.FromResult(x);", "/* quickly */ Task.FromResult(x);");

        Assert.That(after.OutputReasons, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(after.GeneratedText, Is.EqualTo(before.GeneratedText));
    }

    [Test]
    public void An_edit_of_a_locked_method_writes_its_class_anew_and_no_facade()
    {
        var after = new Snippet(Source).Replace("T x, CancellationToken cancellationToken)", "T y, CancellationToken cancellationToken)").Replace("[Locked,", "[Locked(TimeoutMs = 5),");

        Assert.That(after.Reasons(LockedGenerator.ClassesStep), Has.None.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(after.Reasons(PooledGenerator.FacadesStep), Has.All.EqualTo(IncrementalStepRunReason.Unchanged).Or.All.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(after.GeneratedText, Does.Contain("FromMilliseconds(5)"));
    }

    [Test]
    public void A_mark_that_is_taken_away_is_noticed_by_the_generated_code_of_its_method_alone()
    {
        var before = new Snippet(Source);
        var unmarked = before.Replace("[Locked, ChangesState]", "[Locked]");

        Assert.That(before.GeneratedText, Does.Contain("MarkStateChanged").And.Contain("RunChangingStateAsync"));
        Assert.That(unmarked.GeneratedText, Does.Not.Contain("MarkStateChanged").And.Contain("RunChangingStateAsync"));
        Assert.That(unmarked.Replace("[ChangesState]", "").GeneratedText, Does.Not.Contain("RunChangingStateAsync"));
    }

    [Test]
    public void A_core_in_another_file_is_noticed()
    {
        var before = new Snippet("public sealed partial class Meter : Logged { [Locked] public partial Task ReadAsync(); }");
        var after = before.With("public sealed partial class Meter { private Task ReadCoreAsync() => Task.CompletedTask; }");

        Assert.That(before.GeneratedFiles, Is.Empty);
        Assert.That(after.GeneratedFiles, Is.EqualTo(new[] { "Meter.Locked.g.cs" }));
        Assert.That(after.CompilerDiagnostics, Is.Empty);
    }

    [Test]
    public void A_member_that_an_inherited_interface_gains_in_another_file_is_noticed()
    {
        var before = new Snippet("[Pooled] public interface IMeter : IBase; public partial interface IBase { Task ReadAsync(); }");
        var after = before.With("public partial interface IBase { Task WriteAsync(); }");

        Assert.That(after.CompilerDiagnostics, Is.Empty, after.GeneratedText);
        Assert.That(after.GeneratedText, Does.Contain("IBase.WriteAsync"));
    }
}
