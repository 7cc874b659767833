namespace Connections.Harness.Tests;

public class DemoTests
{
    [Test]
    public async Task It_shows_every_device_every_pool_and_the_request_that_timed_out()
    {
        var outcome = await ConnectionsProcess.RunAsync("demo");
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
            Assert.That(outcome.Error, Is.Empty);
            Assert.That(outcome.Output, Does.Contain("edge1").And.Contain("console1"));
            Assert.That(outcome.Output, Does.Contain("queued").And.Contain("took").And.Contain("longest queue").And.Contain("order of service"));
            Assert.That(outcome.Output, Does.Contain("All 5 workers of edge1 are held").And.Contain("backup job 1"));
        });
    }

    [Test]
    public async Task In_a_pipe_it_is_plain_text_that_fits_eighty_columns()
    {
        var outcome = await ConnectionsProcess.RunAsync("demo");
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Output, Does.Not.Contain('\u001b').And.Not.Contain('\r'));
            Assert.That(outcome.Lines.Where(line => !line.Contains("pool", StringComparison.Ordinal)).Max(line => line.TrimEnd().Length), Is.LessThanOrEqualTo(80));
        });
    }

    [Test]
    public async Task As_JSON_it_tells_the_same()
    {
        var outcome = await ConnectionsProcess.RunAsync("demo", "--json");
        var kinds = outcome.Json.ToLookup(record => record.GetProperty("kind").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
            Assert.That(kinds["command"].Count(), Is.EqualTo(8 * 7));
            Assert.That(kinds["command"].All(record => record.GetProperty("ok").GetBoolean()), Is.True);
            Assert.That(kinds["pool"].Select(pool => pool.GetProperty("served").GetInt64()), Is.All.EqualTo(7).And.Exactly(8).Items);
            Assert.That(kinds["pool"].Select(pool => pool.GetProperty("order").EnumerateArray().Select(ticket => ticket.GetInt64())), Is.All.EqualTo(Enumerable.Range(1, 7)));
            Assert.That(kinds["timeout"].Single().GetProperty("error").GetString(), Does.Contain("edge1").And.Contain("backup job 5"));
        });
    }
}
