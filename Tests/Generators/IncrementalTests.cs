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
            [Locked] public partial Task<T> ReadAsync<T>(T x, CancellationToken cancellationToken = default) where T : notnull;
            private Task<T> ReadCoreAsync<T>(T x, CancellationToken cancellationToken) where T : notnull => Task.FromResult(x);
        }

        [Pooled]
        public interface IMeter { Task<int> ReadAsync(int x, CancellationToken cancellationToken = default); }
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
}
