using System.Text.Json;

namespace Connections.Collector.Tests.Processes;

/// <summary>What goes wrong while a collector runs: it says so in words, without a stack trace and without a secret.</summary>
public sealed class TroubleTests : ProcessFixture
{
    private const string AwayDatabase = "Host=127.0.0.1;Port=1;Username=nobody;Password=sesame;Database=results;Timeout=1";

    [Test]
    public async Task A_database_that_stays_away_is_told_and_what_was_not_stored_is_a_failure()
    {
        var requests = Path.Combine(Folder, "requests.jsonl");
        await File.WriteAllLinesAsync(requests, [Request("r1")]);
        var settings = new Dictionary<string, string>
        {
            ["Requests"] = requests,
            ["Sink"] = "Database",
            ["Database__ConnectionString"] = AwayDatabase,
            ["Database__RetryFor"] = "00:00:01",
        };
        await using var collector = CollectorProcess.Start(settings);

        var (exitCode, _, error) = await collector.EndAsync();

        Assert.That(exitCode, Is.EqualTo(1), error);
        AssertWords(error, "The database results at 127.0.0.1:1 does not take rows (attempt 1, ", "Connection refused", "Block 0 could not be stored", "RetryFor", "1 given back");
    }

    [Test]
    public async Task A_broker_that_is_away_is_told_and_waited_for_until_the_collector_is_stopped()
    {
        var settings = new Dictionary<string, string> { ["Source"] = "RabbitMq", ["RabbitMq__Uri"] = "amqp://collector:sesame@127.0.0.1:1/", ["Monitor"] = "00:00:00.1" };
        await using var collector = CollectorProcess.Start(settings);
        await collector.SaidAsync("The broker at 127.0.0.1:1 is not reachable for requests (attempt 2, ");

        collector.CtrlC();
        var (exitCode, _, error) = await collector.EndAsync();

        Assert.That(exitCode, Is.Zero, error);
        AssertWords(error, "Connection refused", "Told to stop", "0 answered");
    }

    [Test]
    public async Task Ctrl_C_ends_a_collector_whose_standard_input_says_no_more()
    {
        var rows = Path.Combine(Folder, "rows.jsonl");
        var settings = new Dictionary<string, string> { ["Output"] = rows, ["StopWithin"] = "00:10:00" };
        await using var collector = CollectorProcess.Start(settings);
        await collector.TypeAsync(Request("typed"));
        await Eventually.UntilAsync(() => File.Exists(rows) && new FileInfo(rows).Length > 0);

        collector.CtrlC();
        var (exitCode, _, error) = await collector.EndAsync();

        Assert.That(exitCode, Is.Zero, error);
        AssertWords(error, "1 answered");
    }

    [Test]
    public async Task Ctrl_C_ends_a_generation_with_its_report()
    {
        var settings = new Dictionary<string, string> { ["Database__ConnectionString"] = Settings.ConnectionString, ["Database__Values"] = Settings.Values };
        await using var collector = CollectorProcess.Start(settings, "--generate", "--duration", "600", "--batch-size", "100");
        await UntilStoredAsync();

        collector.CtrlC();
        var (exitCode, output, error) = await collector.EndAsync();

        Assert.That(exitCode, Is.EqualTo(130), error);
        Assert.That(output, Does.Match("^[1-9][0-9]* records in "));
        Assert.That(
            await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}"),
            Is.GreaterThanOrEqualTo(long.Parse(output.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)),
            "what is told to be stored is");
    }

    private static void AssertWords(string error, params string[] mentions) => Assert.Multiple(() =>
    {
        Assert.That(error, Does.Not.Contain("   at ").And.Not.Contains("sesame").And.Not.Contains("Exception"));
        foreach (var mention in mentions)
        {
            Assert.That(error, Does.Contain(mention));
        }
    });

    private async Task UntilStoredAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        while (await QueryAsync<bool>($"SELECT to_regclass('{Settings.Values}') IS NULL") || await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}") == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private string Request(string id) => JsonSerializer.Serialize(new { id, target = AddDevice(id), roots = new[] { $"{Table.Entry}" } });
}
