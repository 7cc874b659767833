namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class LockUseAnalyzerTests
{
    [TestCase("public Task OtherAsync() => ReadCoreAsync();", TestName = "a call")]
    [TestCase("public Func<Task> OtherAsync() => ReadCoreAsync;", TestName = "a delegate")]
    [TestCase("public Func<Task> OtherAsync() => () => { return this.ReadCoreAsync(); };", TestName = "a call in a lambda")]
    public async Task CONN009_points_from_a_core_to_its_locked_method(string member)
    {
        var found = await Meter(member).AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            "CONN009 'OtherAsync' calls 'ReadCoreAsync', which relies on the lock being held; "
                + "call 'ReadAsync' instead, which may also be called by code that holds the lock",
        }));
    }

    [TestCase("public Task OtherAsync() => ReadAsync();", TestName = "the locked method")]
    [TestCase("[Locked] public partial Task OtherAsync(); private Task OtherCoreAsync() => ReadCoreAsync();", TestName = "another core")]
    [TestCase("public Task OtherAsync() => RestCoreAsync(); private Task RestCoreAsync() => Task.CompletedTask;", TestName = "a method that only sounds like a core")]
    public async Task Cores_and_locked_methods_may_be_called(string member) =>
        Assert.That(await Meter(member).AnalyzeAsync(), Is.Empty);

    [Test]
    public async Task The_life_cycle_of_a_connection_may_call_a_core_since_it_runs_inside_the_lock()
    {
        var found = await new Snippet(
            """
            using Connections;

            public sealed partial class Meter(ConnectionSettings settings) : BaseConnection(settings)
            {
                [Locked] public partial Task ReadAsync();
                private Task ReadCoreAsync() => Task.CompletedTask;
                protected override Task OpenAsync(CancellationToken cancellationToken) => ReadCoreAsync();
                protected override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
                protected override void Abort() => ReadCoreAsync();
            }
            """,
            againstLibrary: true).AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.Some.StartsWith("CONN009 'Abort' calls"));
    }

    [TestCase("await connection.LockAsync(default, default, \"x\");", TestName = "thrown away")]
    [TestCase("_ = await connection.LockAsync(default, default, \"x\").ConfigureAwait(false);", TestName = "discarded")]
    [TestCase("_ = connection.Lock(default, default, \"x\");", TestName = "discarded synchronously")]
    [TestCase("connection.LockAsync(default, default, \"x\");", TestName = "not even awaited")]
    [TestCase("var releaser = await connection.LockAsync(default, default, \"x\");", TestName = "kept in a local")]
    [TestCase("var releaser = connection.Lock(default, default, \"x\"); releaser.GetHashCode();", TestName = "only looked at")]
    public async Task CONN010_reports_a_lock_that_is_never_released(string statement)
    {
        var found = await Caller(statement).AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN010 This 'Releaser' is never disposed"));
    }

    [TestCase("using var releaser = await connection.LockAsync(default, default, \"x\");", TestName = "a using declaration")]
    [TestCase("using (await connection.LockAsync(default, default, \"x\")) { }", TestName = "a using statement")]
    [TestCase("using (var releaser = connection.Lock(default, default, \"x\")) { }", TestName = "a using statement with a local")]
    [TestCase("var releaser = connection.Lock(default, default, \"x\"); try { } finally { releaser.Dispose(); }", TestName = "disposed by hand")]
    [TestCase("var releaser = connection.Lock(default, default, \"x\"); using (releaser) { }", TestName = "used later")]
    [TestCase("var releaser = connection.Lock(default, default, \"x\"); Kept = releaser;", TestName = "handed on")]
    [TestCase("Kept = await connection.LockAsync(default, default, \"x\");", TestName = "kept in a property")]
    [TestCase("Func<Task> entering = async () => await connection.LockAsync(default, default, \"x\"); await entering();", TestName = "a lambda that is expected to throw")]
    public async Task A_lock_that_is_released_or_handed_on_is_no_concern(string statement) =>
        Assert.That(await Caller(statement).AnalyzeAsync(), Is.Empty);

    [Test]
    public async Task CONN010_covers_the_leases_of_a_pool()
    {
        var found = await new Snippet(
            """
            using Connections.Pooling;

            public static class Caller
            {
                public static async Task RunAsync(WorkerPool<string> pool)
                {
                    var lease = await pool.LeaseAsync();
                    using var returned = await pool.LeaseAsync();
                    Console.WriteLine(lease.Worker + returned.Worker);
                }
            }
            """,
            againstLibrary: true).AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN010 This 'WorkerLease' is never disposed"));
    }

    [TestCase("var lease = await pool.LeaseAsync();", 1, TestName = "a connection's lease kept in a local")]
    [TestCase("await pool.LeaseAsync();", 1, TestName = "a connection's lease thrown away")]
    [TestCase("var lease = await pool.LeaseAsync(); Console.WriteLine(lease.Client);", 1, TestName = "a connection's lease that is used and kept")]
    [TestCase("await using var lease = await pool.LeaseAsync();", 0, TestName = "a connection's lease in an asynchronous using")]
    [TestCase("using var lease = await pool.LeaseAsync();", 0, TestName = "a connection's lease in a using")]
    [TestCase("var lease = await pool.LeaseAsync(); await using (lease.ConfigureAwait(false)) { }", 0, TestName = "a connection's lease in an asynchronous using that is configured")]
    [TestCase("var lease = await pool.LeaseAsync(); try { } finally { await lease.DisposeAsync(); }", 0, TestName = "a connection's lease disposed by hand")]
    public async Task CONN010_covers_the_leases_of_a_connection(string statement, int expected)
    {
        var found = await new Snippet(
            $$"""
            public interface ILeasing { ValueTask<ConnectionLease<string>> LeaseAsync(); }

            public static class Caller
            {
                public static async Task RunAsync(ILeasing pool) { {{statement}} }
            }
            """,
            againstLibrary: true).AnalyzeAsync();

        Assert.That(found, Has.Exactly(expected).Items.And.All.StartsWith("CONN010 This 'ConnectionLease' is never disposed"));
    }

    [TestCase("static async Task<Releaser> EnterAsync(ILockable connection) => await connection.LockAsync(default, default, \"x\");", "'EnterAsync'", TestName = "from a method")]
    [TestCase("static void Outer() { async ValueTask<Releaser> EnterAsync(ILockable connection) => await connection.LockAsync(default, default, \"x\"); }", "'EnterAsync'", TestName = "from a local function")]
    public async Task CONN011_reports_a_releaser_whose_owner_is_lost_on_the_way_back(string member, string name)
    {
        var found = await new Snippet($"public static class Caller {{ {member} }}").AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            $"CONN011 {name} is async and returns a releaser, whose ownership does not reach the caller; "
                + "return the task of LockAsync without 'async', or have the caller call Attach() on it",
        }));
    }

    [Test]
    public async Task A_method_that_is_not_async_may_return_the_task_of_a_releaser()
    {
        var found = await new Snippet("""
            public static class Caller
            {
                public static ValueTask<Releaser> EnterAsync(ILockable connection) => connection.LockAsync(default, default, "x");
            }
            """).AnalyzeAsync();

        Assert.That(found, Is.Empty);
    }

    private static Snippet Meter(string member) => new($$"""
        public sealed partial class Meter : Logged
        {
            [Locked] public partial Task ReadAsync();
            private Task ReadCoreAsync() => Task.CompletedTask;
            {{member}}
        }
        """);

    private static Snippet Caller(string statement) => new($$"""
        public static class Caller
        {
            private static Releaser Kept { get; set; }

            public static async Task RunAsync(ILockable connection)
            {
                await Task.Yield();
                {{statement}}
            }
        }
        """);
}
