namespace Connections.Generators.Tests;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class HeldStreamAnalyzerTests
{
    [TestCase("await foreach (var x in meter.WalkAsync()) { await meter.ReadAsync(); }", "ReadAsync", "meter", TestName = "a locked call")]
    [TestCase("await foreach (var x in meter.WalkAsync().WithCancellation(default).ConfigureAwait(false)) { if (x > 1) { await meter.ReadAsync(); } }", "ReadAsync", "meter", TestName = "a locked call in a branch, the stream configured")]
    [TestCase("await foreach (var x in meter.WalkAsync()) await foreach (var y in meter.StepAsync()) { }", "StepAsync", "meter", TestName = "a locked stream")]
    [TestCase("await foreach (var x in meter.WalkAsync()) { using var held = await ((ILockable)meter).LockAsync(default, default, \"x\"); }", "LockAsync", "(ILockable)meter", TestName = "the lock itself")]
    [TestCase("await foreach (var x in lab.Meter.WalkAsync()) { await lab.Meter.ReadAsync(); }", "ReadAsync", "lab.Meter", TestName = "a member of a member")]
    public async Task CONN014_reports_a_loop_whose_body_waits_for_itself(string statement, string call, string owner)
    {
        var found = await Caller(statement).AnalyzeAsync();

        Assert.That(found, Is.EqualTo(new[]
        {
            $"CONN014 '{call}' takes the lock of '{owner}', which 'WalkAsync' holds until this loop ends, so it waits for itself; "
                + "collect the elements first, or leave Hold = LockHold.Enumeration out of 'WalkAsync'",
        }));
    }

    [Test]
    public async Task CONN014_covers_the_cores_of_the_same_object()
    {
        var found = await Caller("", "private async Task OtherAsync() { await foreach (var x in WalkAsync()) { await ReadAsync(); } }").AnalyzeAsync();

        Assert.That(found, Has.Exactly(1).Items.And.All.StartsWith("CONN014 'ReadAsync' takes the lock of 'this'"));
    }

    [TestCase("await foreach (var x in meter.StepAsync()) { await meter.ReadAsync(); }", TestName = "a stream that holds the lock for each element")]
    [TestCase("await foreach (var x in meter.WalkAsync()) { await other.ReadAsync(); }", TestName = "another object")]
    [TestCase("await foreach (var x in meter.WalkAsync()) { await meter.FreeAsync(); }", TestName = "a method that is not locked")]
    [TestCase("await foreach (var x in meter.WalkAsync()) { } await meter.ReadAsync();", TestName = "a call after the loop")]
    [TestCase("var later = new List<Func<Task>>(); await foreach (var x in meter.WalkAsync()) { later.Add(() => meter.ReadAsync()); }", TestName = "a call for later")]
    [TestCase("await foreach (var x in lab.Meter.WalkAsync()) { await meter.ReadAsync(); }", TestName = "a member of another object")]
    public async Task A_loop_that_takes_no_lock_of_its_own_stream_is_no_concern(string statement) =>
        Assert.That(await Caller(statement).AnalyzeAsync(), Is.Empty);

    private static Snippet Caller(string statement, string member = "") => new($$"""
        public sealed partial class Meter : Logged
        {
            [Locked] public partial Task ReadAsync();
            [Locked] public partial IAsyncEnumerable<int> StepAsync();
            [Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable<int> WalkAsync();
            public Task FreeAsync() => Task.CompletedTask;
            private Task ReadCoreAsync() => Task.CompletedTask;
            private IAsyncEnumerable<int> StepCoreAsync() => default!;
            private IAsyncEnumerable<int> WalkCoreAsync() => default!;
            {{member}}
        }

        public sealed class Lab { public Meter Meter { get; } = new(); }

        public static class Caller
        {
            public static async Task RunAsync(Meter meter, Meter other, Lab lab)
            {
                await Task.Yield();
                {{statement}}
            }
        }
        """);
}
