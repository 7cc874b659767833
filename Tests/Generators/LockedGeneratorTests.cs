namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockedGeneratorTests
{
    [TestCase("Task")]
    [TestCase("ValueTask")]
    public async Task An_asynchronous_method_runs_its_core_inside_the_lock(string type)
    {
        var snippet = Meter(
            $$"""
            [Locked] public partial {{type}} ResetAsync(int x, CancellationToken cancellationToken = default);
            private async {{type}} ResetCoreAsync(int x, CancellationToken cancellationToken) { await Task.Yield(); Log.Add($"core {x}"); }
            """,
            "await meter.ResetAsync(1)");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ResetAsync; core 1; release"));
    }

    [TestCase("Task<int>")]
    [TestCase("ValueTask<int>")]
    public async Task An_asynchronous_method_hands_back_the_result_of_its_core(string type)
    {
        var snippet = Meter(
            $$"""
            [Locked] public partial {{type}} ReadAsync(int x, CancellationToken cancellationToken = default);
            private async {{type}} ReadCoreAsync(int x, CancellationToken cancellationToken) { await Task.Yield(); Log.Add($"core {x}"); return x + 1; }
            """,
            "meter.Log.Add($\"got {await meter.ReadAsync(1)}\")");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ReadAsync; core 1; release; got 2"));
    }

    /// <summary>A class with the given members, and a program that runs the given statement on it and returns its log.</summary>
    private static Snippet Meter(string members, string statement) => new($$"""
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
                {{statement}};
                return meter.ToString();
            }
        }
        """);
}
