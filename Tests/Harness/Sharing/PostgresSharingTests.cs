using System.Diagnostics;
using System.Globalization;
using Connections.Tests.Servers;
using Npgsql;

namespace Connections.Harness.Tests.Sharing;

/// <summary>Processes of any machine take turns by the locks of a PostgreSQL server, which comes and goes.</summary>
[Platform("Linux")]
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PostgresSharingTests() : SharingTests(Url)
{
    protected override string Loss => "LockLostException: ";

    private static string Url => string.Create(CultureInfo.InvariantCulture, $"postgres://{Server.Username}@{Server.Host}:{Server.Port}/{Server.Database}");

    private static NpgsqlConnectionStringBuilder Server => new(TestServer.Postgres);

    [Test]
    public async Task A_server_that_restarts_in_the_middle_of_a_fight_lets_never_both_in_and_the_fight_goes_on()
    {
        var rounds = Thoroughness.Choose(quick: 1000, thorough: 10_000);
        var fighters = new[] { await StartAsync(), await StartAsync() };
        await Task.WhenAll(fighters.Select(static fighter => fighter.AskAsync("fight")));

        await EntriesAsync(rounds / 2);
        await RestartAsync();
        await EntriesAsync(rounds);

        Assert.That(await Task.WhenAll(fighters.Select(static fighter => fighter.AskAsync("stop"))), Is.All.Matches("^[01] lost$"));
        var wins = Contested.Entries.Take(rounds).CountBy(static process => process).ToDictionary();
        Assert.That(Contested.Overlaps, Is.Zero);
        Assert.That(wins, Has.Count.EqualTo(fighters.Length));
        Assert.That(wins.Values, Is.All.AtLeast(rounds / 10));
        TestContext.Out.WriteLine($"{rounds} turns: {string.Join(" and ", wins.Values)}");
    }

    [Test]
    public async Task Who_is_inside_when_the_server_restarts_is_told_at_its_next_step_and_can_come_again()
    {
        var holder = await StartInsideAsync();

        await RestartAsync();

        Assert.That(await holder.AskAsync("step"), Does.StartWith(Loss).And.Contain(LockName).And.Contain("connections locks --break"));
        Assert.That(await holder.AskAsync("leave"), Does.StartWith(Loss));
        Contested.Forget(holder.Id);
        Assert.That(await holder.AskAsync("enter 60000"), Is.EqualTo("done"));
        Assert.That(await holder.AskAsync("leave"), Is.EqualTo("done"));
    }

    [Test]
    public async Task What_a_stranger_on_the_server_says_of_itself_is_not_believed()
    {
        var key = PostgresSessionKey(LockName);
        await using var stranger = new NpgsqlConnection($"{TestServer.Postgres};Pooling=false;Application Name=connections");
        await stranger.OpenAsync();
        await using var command = new NpgsqlCommand(
            $$"""SELECT pg_advisory_lock({{key}}) -- {"lock":"core1/cli","host":"trusted","pid":1,"command":"\u001b[2J"}""", stranger);
        await command.ExecuteNonQueryAsync();

        var outcome = await LocksAsync();

        var line = outcome.Lines.Single(line => line.Contains(LockName, StringComparison.Ordinal));
        Assert.That(line, Does.Contain($"session {stranger.ProcessID} of {Server.Username} from 127.0.0.1").And.Not.Contains("trusted"));
        Assert.That(outcome.Output, Does.Not.Contain("\u001b"));
    }

    private static long PostgresSessionKey(string name) => Connections.Harness.Sharing.PostgresSession.KeyOf(name);

    private static async Task RestartAsync()
    {
        using var control = Process.Start(TestServer.PostgresControl, ["restart"]);
        await control.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
        Assert.That(control.ExitCode, Is.Zero);
    }
}
