namespace Connections.Generators.Tests;

/// <summary>What generated code does about [ChangesState], and where the attribute is reported.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class ChangesStateTests
{
    [TestCase("Task ResetAsync()", "Task ResetCoreAsync() { Log.Add(\"core\"); return Task.CompletedTask; }", "await meter.ResetAsync()", "ResetAsync")]
    [TestCase("void Reset()", "void ResetCore() => Log.Add(\"core\");", "meter.Reset()", "Reset")]
    public async Task A_locked_method_says_so_inside_the_lock_before_its_core(string method, string core, string call, string name)
    {
        var snippet = Meter($"[Locked, ChangesState] public partial {method}; private {core}", call);

        Assert.That(await snippet.RunAsync(), Is.EqualTo($"lock {name}; changes; core; release"));
    }

    [Test]
    public async Task A_locked_stream_says_so_at_each_element()
    {
        var snippet = Meter(
            """
            [Locked, ChangesState] public partial IAsyncEnumerable<int> StepAsync();
            private async IAsyncEnumerable<int> StepCoreAsync() { await Task.Yield(); yield return 1; }
            """,
            "await foreach (var x in meter.StepAsync()) { meter.Log.Add($\"got {x}\"); }");

        Assert.That(
            await snippet.RunAsync(), Is.EqualTo("lock StepAsync; changes; release; got 1; lock StepAsync; changes; release"));
    }

    [Test]
    public async Task A_lock_that_is_not_granted_changes_nothing()
    {
        var snippet = Meter(
            """
            [Locked, ChangesState] public partial Task ResetAsync(CancellationToken cancellationToken);
            private Task ResetCoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            """,
            "try { await meter.ResetAsync(new CancellationToken(true)); } catch (OperationCanceledException) { meter.Log.Add(\"cancelled\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task A_facade_tells_the_pool_also_for_a_method_that_its_interface_inherits()
    {
        var snippet = new Snippet("""
            public interface IReset { [ChangesState] Task ResetAsync(); }
            [Pooled] public interface IMeter : IReset { Task<int> ReadAsync(); }

            public sealed class Meter(List<string> log) : IMeter
            {
                public Task ResetAsync() { log.Add("reset"); return Task.CompletedTask; }
                public Task<int> ReadAsync() { log.Add("read"); return Task.FromResult(1); }
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var log = new List<string>();
                    var meter = PoolFacades.Create(new ConnectionPool<IMeter>(new Meter(log), log));
                    await meter.ResetAsync();
                    await meter.ReadAsync();
                    return string.Join("; ", log);
                }
            }
            """);

        Assert.That(
            await snippet.RunAsync(), Is.EqualTo("changes; lease ResetAsync; reset; return; lease ReadAsync; read; return"));
    }

    private static Snippet Meter(string members, string call) => new($$"""
        public sealed partial class Meter : Logged
        {
            {{members}}
        }

        public static class Program
        {
            public static async Task<string> RunAsync()
            {
                var meter = new Meter();
                await Task.Yield();
                {{call}};
                return meter.ToString();
            }
        }
        """);
}
