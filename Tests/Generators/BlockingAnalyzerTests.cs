namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class BlockingAnalyzerTests
{
    [TestCase("return OtherAsync().Result;", ".Result")]
    [TestCase("return new ValueTask<int>(OtherAsync()).Result;", ".Result")]
    [TestCase("OtherAsync().Wait();", ".Wait()")]
    [TestCase("OtherAsync().Wait(100);", ".Wait()")]
    [TestCase("Task.WaitAll(OtherAsync());", "Task.WaitAll(…)")]
    [TestCase("Task.WaitAny(OtherAsync());", "Task.WaitAny(…)")]
    [TestCase("return OtherAsync().GetAwaiter().GetResult();", ".GetAwaiter().GetResult()")]
    [TestCase("return OtherAsync().ConfigureAwait(false).GetAwaiter().GetResult();", ".GetAwaiter().GetResult()")]
    [TestCase("new ValueTask().GetAwaiter().GetResult();", ".GetAwaiter().GetResult()")]
    [TestCase("new ValueTask<int>(1).ConfigureAwait(false).GetAwaiter().GetResult();", ".GetAwaiter().GetResult()")]
    [TestCase("Func<int> later = () => OtherAsync().Result; return later();", ".Result")]
    [TestCase("int Inner() => OtherAsync().Result; return Inner();", ".Result")]
    [TestCase("var task = OtherAsync(); var x = task.Result; await task;", ".Result")]
    [TestCase("var task = OtherAsync(); var other = OtherAsync(); await other; return task.Result;", ".Result")]
    public async Task CONN012_reports_a_core_that_blocks_its_thread(string statements, string how)
    {
        var found = await Meter($"private async Task<int> ReadCoreAsync() {{ await Task.Yield(); {statements} return 0; }}").AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            $"CONN012 'ReadCoreAsync' runs with the lock held and blocks its thread in '{how}'; await the task, or call a synchronous method that does the same",
        }));
    }

    [TestCase("private Task<int> ReadCoreAsync() => Task.FromResult(Helper()); private int Helper() => OtherAsync().Result;", TestName = "called by a core")]
    [TestCase("private Task<int> ReadCoreAsync() => Task.FromResult(Outer()); private int Outer() => Helper(); private int Helper() => OtherAsync().Result;", TestName = "called by what a core calls")]
    [TestCase("private Task<int> ReadCoreAsync() => Task.FromResult(Helper<int>()); private static T Helper<T>() => new Task<T>(null!).Result;", TestName = "generic and static")]
    public async Task CONN012_follows_the_calls_of_a_core_within_its_class(string members)
    {
        var found = await Meter(members).AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN012 'Helper' runs with the lock held and blocks its thread in '.Result'"));
    }

    [TestCase("[Locked] public partial void Reset(); private void ResetCore() => OtherAsync().Wait();", "ResetCore", TestName = "a synchronous core")]
    [TestCase("[Locked] public partial IAsyncEnumerable<int> WalkAsync(); private async IAsyncEnumerable<int> WalkCoreAsync() { await Task.Yield(); yield return OtherAsync().Result; }", "WalkCoreAsync", TestName = "a stream")]
    public async Task CONN012_covers_cores_of_every_kind(string members, string name)
    {
        var found = await Meter($"private Task<int> ReadCoreAsync() => OtherAsync(); {members}").AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith($"CONN012 '{name}' runs with the lock held"));
    }

    [Test]
    public async Task CONN012_reports_a_nested_class_once()
    {
        var found = await new Snippet("""
            public partial class Lab
            {
                public sealed partial class Meter : Logged
                {
                    [Locked] public partial Task<int> ReadAsync();
                    private Task<int> ReadCoreAsync() => Task.FromResult(Task.FromResult(1).Result);
                }
            }
            """).AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN012 'ReadCoreAsync' runs with the lock held"));
    }

    [Test]
    public async Task CONN012_covers_the_life_cycle_of_a_connection()
    {
        var found = await new Snippet(
            """
            using Connections;

            public sealed class Meter(ConnectionSettings settings) : BaseConnection(settings)
            {
                protected override Task OpenAsync(CancellationToken cancellationToken) { Task.Delay(1).Wait(); return Task.CompletedTask; }
                protected override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
                protected override void Abort() => Task.Delay(1).Wait();
            }
            """,
            againstLibrary: true).AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN012 'OpenAsync' runs with the lock held"));
    }

    [TestCase("return await OtherAsync();", TestName = "an await")]
    [TestCase("var one = OtherAsync(); var two = OtherAsync(); await Task.WhenAll(one, two).ConfigureAwait(false); return one.Result + two.Result;", TestName = "tasks that were awaited together")]
    [TestCase("var one = OtherAsync(); Task[] all = [one]; await Task.WhenAll([one, Task.Delay(1)]); return one.Result;", TestName = "tasks that were awaited in a list")]
    [TestCase("var one = OtherAsync(); return one.IsCompletedSuccessfully ? one.Result : await one;", TestName = "a task that was asked")]
    [TestCase("var one = OtherAsync(); if (one.IsCompleted) { return one.GetAwaiter().GetResult(); }", TestName = "a task that was asked, by its awaiter")]
    [TestCase("return nameof(Task<int>.Result).Length;", TestName = "its name")]
    [TestCase("return new Answer().Result + Answer.Wait();", TestName = "members of other types that bear those names")]
    public async Task Code_that_does_not_block_is_no_concern(string statements)
    {
        var found = await Meter($$"""
            private async Task<int> ReadCoreAsync() { await Task.Yield(); {{statements}} return 0; }
            private sealed class Answer { public int Result => 1; public static int Wait() => 1; }
            """).AnalyzeAsync();

        Assert.That(found, Is.Empty);
    }

    [Test]
    public async Task Blocking_outside_of_the_lock_is_no_concern_of_this_rule()
    {
        var found = await Meter("private Task<int> ReadCoreAsync() => OtherAsync(); public int Read() => ReadAsync().Result; public int More() => Read();").AnalyzeAsync();

        Assert.That(found, Is.Empty);
    }

    private static Snippet Meter(string members) => new($$"""
        public sealed partial class Meter : Logged
        {
            [Locked] public partial Task<int> ReadAsync();
            private static Task<int> OtherAsync() => Task.FromResult(1);
            {{members}}
        }
        """);
}
