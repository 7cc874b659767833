namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class PooledGeneratorTests
{
    [TestCase("Task<int>")]
    [TestCase("ValueTask<int>")]
    public async Task A_call_leases_a_worker_and_hands_back_its_result(string type)
    {
        var snippet = Pool(
            $"{type} AddAsync(int x, string y, CancellationToken cancellationToken = default);",
            $"public async {type} AddAsync(int x, string y, CancellationToken cancellationToken) {{ await Task.Yield(); log.Add($\"add {{x}} {{y}}\"); return x + y.Length; }}",
            "log.Add($\"got {await meter.AddAsync(1, \"two\")}\")");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease AddAsync; add 1 two; return; got 4"));
    }

    [TestCase("Task")]
    [TestCase("ValueTask")]
    public async Task A_call_without_a_result_returns_its_worker_once_it_is_done(string type)
    {
        var snippet = Pool(
            $"{type} ResetAsync(CancellationToken cancellationToken = default);",
            $"public async {type} ResetAsync(CancellationToken cancellationToken) {{ await Task.Yield(); log.Add(\"reset\"); }}",
            "await meter.ResetAsync()");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease ResetAsync; reset; return"));
    }

    [Test]
    public async Task An_error_of_the_worker_reaches_the_caller_after_the_return()
    {
        var snippet = Pool(
            "ValueTask ResetAsync();",
            "public async ValueTask ResetAsync() { await Task.Yield(); throw new InvalidOperationException(\"no\"); }",
            "try { await meter.ResetAsync(); } catch (InvalidOperationException error) { log.Add(error.Message); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lease ResetAsync; return; no"));
    }

    [Test]
    public async Task A_cancelled_call_never_reaches_a_worker()
    {
        var snippet = Pool(
            "Task ResetAsync(CancellationToken cancellationToken);",
            "public Task ResetAsync(CancellationToken cancellationToken) { log.Add(\"reset\"); return Task.CompletedTask; }",
            "try { await meter.ResetAsync(new CancellationToken(true)); } catch (OperationCanceledException) { log.Add(\"cancelled\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("cancelled"));
    }

    /// <summary>A pool of one worker, and a program that runs the given statement on its facade and returns what was logged.</summary>
    private static Snippet Pool(string declaration, string implementation, string statement) => new($$"""
        namespace Lab
        {
            [Pooled]
            public interface IMeter
            {
                {{declaration}}
            }

            public sealed class Meter(List<string> log) : IMeter
            {
                public List<string> Log => log;

                {{implementation}}
            }
        }

        public static class Program
        {
            public static async Task<string> RunAsync()
            {
                var log = new List<string>();
                var pool = new ConnectionPool<Lab.IMeter>(new Lab.Meter(log), log);
                var meter = PoolFacades.Create(pool);
                await Task.Yield();
                {{statement}};
                return string.Join("; ", log);
            }
        }
        """);
}
