using Connections.Collector.Tests.Processes;
using Connections.Snmp.Agent;

namespace Connections.Collector.Tests.Bus;

/// <summary>Requests that nobody can carry out go to the dead letters of a real broker, with the reason.</summary>
public sealed class DeadLetterTests
{
    private static readonly SyntheticTable Table = new() { Rows = 2, Columns = 2 };

    [Test]
    public async Task What_is_no_request_is_a_dead_letter_with_the_reason()
    {
        await using var bus = new TestBus();
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "device", Data = Table.ToData() });
        await using var collector = CollectorProcess.Start(bus.CollectorSettings());

        await bus.SendAsync("not even JSON"u8.ToArray());
        await bus.SendAsync("""{"id":"p2","target":"192.0.2.1","roots":["1.3.6.1","1.3.6.1.2"]}"""u8.ToArray());
        await bus.SendAsync("good", device.EndPoint.ToString(), $"{Table.Entry}");

        var letters = new Dictionary<string, string?>();
        while (letters.Count < 2)
        {
            if (await bus.TakeDeadLetterAsync().WaitAsync(Eventually.Limit) is { } letter)
            {
                letters.Add(letter.Body, letter.Reason);
            }
        }

        var results = await ResultsAsync(bus);
        Assert.That(letters["not even JSON"], Does.Contain("JSON"));
        Assert.That(letters.Single(static letter => letter.Key.Contains("p2", StringComparison.Ordinal)).Value, Does.Contain("1.3.6.1.2"));
        Assert.That(results, Is.EqualTo(new[] { "good" }), "poison stops no other request");
    }

    [Test]
    public async Task A_request_whose_results_can_never_be_stored_is_a_dead_letter_of_the_brokers()
    {
        await using var bus = new TestBus(deliveryLimit: 2);
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "device", Data = Table.ToData() });
        var settings = bus.CollectorSettings(sink: "Database");
        settings["Database__ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1";
        settings["Database__RetryFor"] = "00:00:00.5";
        await using var collector = CollectorProcess.Start(settings);

        await bus.SendAsync("unlucky", device.EndPoint.ToString(), $"{Table.Entry}");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        (string Body, string? Reason, string? BrokersReason)? letter;
        while ((letter = await bus.TakeDeadLetterAsync()) is null)
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.That(letter.Value.Body, Does.Contain("unlucky"));
        Assert.That(letter.Value.BrokersReason, Is.EqualTo("delivery_limit"));
    }

    private static async Task<List<string>> ResultsAsync(TestBus bus)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        var results = new List<string>();
        while (results.Count == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            results.AddRange((await bus.TakeResultsAsync()).Select(static result => result.Id));
        }

        return results;
    }
}
