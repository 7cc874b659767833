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

    [Test]
    public async Task A_synchronous_method_takes_the_lock_synchronously()
    {
        var snippet = Meter(
            """
            [Locked] public partial int Read(ref int x, out string y, in long z);
            private int ReadCore(ref int x, out string y, in long z) { x++; y = "y"; Log.Add("core"); return (int)z; }
            [Locked] public partial void Reset();
            private void ResetCore() => Log.Add("reset");
            """,
            "var x = 1; meter.Reset(); meter.Log.Add($\"got {meter.Read(ref x, out var y, 3)} {x} {y}\")");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock Reset; reset; release; lock Read; core; release; got 3 2 y"));
    }

    [Test]
    public async Task The_timeout_of_the_attribute_bounds_the_wait_for_the_lock()
    {
        var snippet = Meter(
            """
            [Locked(TimeoutMs = 250)] public partial Task ResetAsync();
            private Task ResetCoreAsync() => Task.CompletedTask;
            """,
            "await meter.ResetAsync()");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ResetAsync within 250 ms; release"));
    }

    [Test]
    public async Task An_error_of_the_core_is_recovered_from_inside_the_lock_and_thrown_on()
    {
        var snippet = Meter(
            """
            [Locked] public partial ValueTask ResetAsync();
            private async ValueTask ResetCoreAsync() { await Task.Yield(); throw new InvalidOperationException("oops"); }
            """,
            "try { await meter.ResetAsync(); } catch (InvalidOperationException error) { meter.Log.Add($\"caught {error.Message}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ResetAsync; recover async from oops; release; caught oops"));
    }

    [Test]
    public async Task An_error_of_a_synchronous_core_is_recovered_from_synchronously()
    {
        var snippet = Meter(
            """
            [Locked] public partial int Read();
            private int ReadCore() => throw new InvalidOperationException("oops");
            """,
            "try { meter.Read(); } catch (InvalidOperationException error) { meter.Log.Add($\"caught {error.Message}\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock Read; recover from oops; release; caught oops"));
    }

    [Test]
    public async Task A_call_cancelled_while_it_waits_never_runs_its_core_and_recovers_nothing()
    {
        var snippet = Meter(
            """
            [Locked] public partial Task ResetAsync(CancellationToken cancellationToken);
            private Task ResetCoreAsync(CancellationToken cancellationToken) { Log.Add("core"); return Task.CompletedTask; }
            """,
            "try { await meter.ResetAsync(new CancellationToken(true)); } catch (OperationCanceledException) { meter.Log.Add(\"cancelled\"); }");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task An_asynchronous_method_may_take_an_argument_by_read_only_reference()
    {
        var snippet = Meter(
            """
            [Locked] public partial Task<decimal> ReadAsync(in decimal x, int y = 2, params string[] rest);
            private async Task<decimal> ReadCoreAsync(decimal x, int y, string[] rest) { await Task.Yield(); return x + y + rest.Length; }
            """,
            "meter.Log.Add($\"got {await meter.ReadAsync(1m, 2, \"a\", \"b\")}\")");

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ReadAsync; release; got 5"));
    }

    [Test]
    public async Task An_override_of_a_core_runs_in_the_lock_of_the_base()
    {
        var snippet = new Snippet("""
            public partial class Meter : Logged
            {
                [Locked] public partial Task ResetAsync();
                protected virtual Task ResetCoreAsync() { Log.Add("base"); return Task.CompletedTask; }
            }

            public sealed class BigMeter : Meter
            {
                protected override async Task ResetCoreAsync() { Log.Add("before"); await base.ResetCoreAsync(); }
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    var meter = new BigMeter();
                    await meter.ResetAsync();
                    return meter.ToString();
                }
            }
            """);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("lock ResetAsync; before; base; release"));
        Assert.That(await snippet.AnalyzeAsync(), Is.Empty);
    }

    [Test]
    public async Task Concurrent_calls_of_a_connection_take_turns_and_a_core_may_call_a_locked_method()
    {
        var snippet = new Snippet(
            """
            using Connections;

            public sealed partial class Meter() : BaseConnection(new ConnectionSettings { DeviceName = "r1" })
            {
                private int _inside;
                private int _most;

                public int Value { get; private set; }
                public int Most => _most;

                [Locked] public partial Task AddAsync(CancellationToken cancellationToken = default);
                [Locked] public partial ValueTask<int> ReadAsync(CancellationToken cancellationToken = default);

                private async Task AddCoreAsync(CancellationToken cancellationToken)
                {
                    _most = Math.Max(_most, ++_inside);
                    var value = await ReadAsync(cancellationToken);
                    await Task.Yield();
                    Value = value + 1;
                    _inside--;
                }

                private async ValueTask<int> ReadCoreAsync(CancellationToken cancellationToken)
                {
                    await Task.Yield();
                    return Value;
                }

                protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;
                protected override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            }

            public static class Program
            {
                public static async Task<string> RunAsync()
                {
                    await using var meter = new Meter();
                    await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => meter.AddAsync()));
                    return $"{meter.Value} calls, {meter.Most} at a time";
                }
            }
            """,
            againstLibrary: true);

        Assert.That(await snippet.RunAsync(), Is.EqualTo("1000 calls, 1 at a time"));
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
