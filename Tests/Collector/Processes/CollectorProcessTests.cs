using System.Text.Json;

namespace Connections.Collector.Tests.Processes;

/// <summary>The collector as it is started by a person or a service manager.</summary>
public sealed class CollectorProcessTests : ProcessFixture
{
    [Test]
    public async Task A_file_of_requests_becomes_rows_and_the_collector_ends_with_it()
    {
        var requests = await RequestsAsync("requests.jsonl", Enumerable.Range(1, 5).Select(number => Request($"r{number}")).Append("nonsense"));
        await using var collector = CollectorProcess.Start(new Dictionary<string, string>(), "--set", $"Requests={requests}", "--set", "Sink=Csv");

        var (exitCode, output, error) = await collector.EndAsync();

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1 + 5 * Table.Rows * Table.Columns));
        Assert.That(error, Does.Contain("line 6").And.Contain("5 answered").And.Contain("1 refused"));
    }

    [Test]
    public async Task A_schedule_asks_again_and_again_until_it_is_told_to_stop()
    {
        var schedule = await RequestsAsync(
            "schedule.jsonl", [$$"""{"name":"table","every":0.1,"request":{{Request(id: null)}}}"""]);
        var rows = Path.Combine(Folder, "rows.jsonl");
        var settings = new Dictionary<string, string> { ["Source"] = "Schedule", ["Requests"] = schedule, ["Output"] = rows, ["Rates"] = "true", ["Monitor"] = "00:00:00.2" };
        await using var collector = CollectorProcess.Start(settings);

        await Eventually.UntilAsync(() => File.Exists(rows) && Lines(rows).Count(static line => line.Contains("outcome", StringComparison.Ordinal)) >= 5);
        collector.Stop();
        var (exitCode, _, error) = await collector.EndAsync();

        Assert.That(exitCode, Is.Zero, error);
        var lines = Lines(rows).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(lines.Where(static line => line.TryGetProperty("outcome", out _)).Select(static line => line.GetProperty("request").GetString()), Is.Unique);
        Assert.That(lines.Any(static line => line.TryGetProperty("rate", out var rate) && rate.GetDouble() == 0), Is.True, "the counters of the table stand still");
        Assert.That(error, Does.Contain("requests/s").And.Contain("waiting").And.Contain("p99"));
    }

    [Test]
    public async Task Records_are_generated_to_measure_a_database()
    {
        var settings = new Dictionary<string, string> { ["Database__ConnectionString"] = Settings.ConnectionString, ["Database__Values"] = Settings.Values };
        await using var collector = CollectorProcess.Start(
            settings, "--generate", "--threads", "3", "--workers", "2", "--batch-size", "100", "--duration", "1", "--shape", "mixed");

        var (exitCode, output, error) = await collector.EndAsync();

        Assert.That(exitCode, Is.Zero, error);
        var records = long.Parse(output.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(records, Is.GreaterThan(0));
        Assert.That(await QueryAsync<long>($"SELECT count(*) FROM {Settings.Values}"), Is.EqualTo(records));
        Assert.That(await QueryAsync<long>($"SELECT count(DISTINCT type) FROM {Settings.Values}"), Is.EqualTo(3));
    }

    private static string[] Lines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n')[..^1];
    }

    private string Request(string? id)
    {
        var request = new Dictionary<string, object> { ["target"] = AddDevice(id ?? "device"), ["roots"] = new[] { $"{Table.Entry}" } };
        if (id is not null)
        {
            request.Add("id", id);
        }

        return JsonSerializer.Serialize(request);
    }

    private async Task<string> RequestsAsync(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(Folder, name);
        await File.WriteAllLinesAsync(path, lines);
        return path;
    }
}
