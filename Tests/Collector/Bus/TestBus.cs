using System.Text;
using System.Text.Json;
using Connections.Collector.Bus;
using Connections.Collector.Requests;
using Connections.Snmp.Collection;
using Connections.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Connections.Collector.Tests.Bus;

/// <summary>Queues of a test's own in the real RabbitMQ: requests go in, results and dead letters come out.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly RabbitLink _link;

    internal TestBus(int deliveryLimit = 20)
    {
        Settings = new RabbitSettings { Uri = TestServer.RabbitMq, Prefix = $"t{Guid.NewGuid():N}", Prefetch = 200, DeliveryLimit = deliveryLimit };
        _link = new RabbitLink(Settings, "test", confirms: true, NullLogger.Instance);
    }

    internal RabbitSettings Settings { get; }

    /// <summary>The settings of a collector on these queues.</summary>
    internal Dictionary<string, string> CollectorSettings(string sink = "RabbitMq") => new()
    {
        ["Source"] = "RabbitMq",
        ["Sink"] = sink,
        ["RabbitMq__Uri"] = Settings.Uri,
        ["RabbitMq__Prefix"] = Settings.Prefix,
        ["RabbitMq__Prefetch"] = $"{Settings.Prefetch}",
        ["RabbitMq__DeliveryLimit"] = $"{Settings.DeliveryLimit}",
        ["RabbitMq__ConfirmWithin"] = "00:00:10",
        ["Monitor"] = "00:00:01",
    };

    internal Task SendAsync(string id, string target, params IEnumerable<string> roots) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(new RequestMessage { Id = id, Target = target, Roots = [.. roots] }, RequestJson.Default.RequestMessage));

    internal Task SendAsync(ReadOnlyMemory<byte> body) => RunAsync(
        (channel, token) => channel.BasicPublishAsync("", Settings.RequestQueue("default"), mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, body, token).AsTask());

    /// <summary>How many messages wait in a queue.</summary>
    internal async Task<uint> CountAsync(string queue)
    {
        var count = 0U;
        await RunAsync(async (channel, token) => count = await channel.MessageCountAsync(queue, token));
        return count;
    }

    /// <summary>How many collectors take requests.</summary>
    internal async Task<uint> CountConsumersAsync()
    {
        var count = 0U;
        await RunAsync(async (channel, token) => count = await channel.ConsumerCountAsync(Settings.RequestQueue("default"), token));
        return count;
    }

    /// <summary>The results that have come since the last call, but not many more than are wanted: collectors may send as fast as they are taken.</summary>
    internal async Task<List<(string Id, long Records, RequestResult Result)>> TakeResultsAsync(int wanted = int.MaxValue)
    {
        var results = new List<(string, long, RequestResult)>();
        using var limit = new CancellationTokenSource(Limit);
        await using var reader = new RabbitBlockReader(Settings, NullLogger.Instance);
        await foreach (var block in reader.ReadAsync(cancellationToken: limit.Token))
        {
            // The one before has left the queue by now; this one stays there.
            if (results.Count >= wanted)
            {
                block.Dispose();
                break;
            }

            foreach (var request in block.Requests.Where(static request => request.Result is not null))
            {
                results.Add((request.Id, request.Result!.Value.Records, request.Result.Value));
            }

            block.Dispose();
        }

        return results;
    }

    /// <summary>A dead letter: what it was, and why.</summary>
    internal async Task<(string Body, string? Reason, string? BrokersReason)?> TakeDeadLetterAsync()
    {
        var channel = await _link.GetAsync(CancellationToken.None);
        if (await channel.BasicGetAsync(Settings.DeadQueue, autoAck: true) is not { } letter)
        {
            return null;
        }

        var headers = letter.BasicProperties.Headers ?? new Dictionary<string, object?>();
        return (Encoding.UTF8.GetString(letter.Body.Span), Text(headers, RabbitTopology.ReasonHeader), Text(headers, "x-first-death-reason"));
    }

    /// <summary>Removes a queue with all that is in it.</summary>
    internal Task DeleteAsync(string queue) => RunAsync((channel, token) => channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, noWait: false, token));

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in (string[])[Settings.RequestQueue("default"), Settings.ResultQueue, Settings.DeadQueue])
        {
            await DeleteAsync(queue);
        }

        await RunAsync((channel, token) => channel.ExchangeDeleteAsync(Settings.DeadExchange, ifUnused: false, noWait: false, token));
        await _link.DisposeAsync();
    }

    // A broker that does not come back fails a test, instead of holding it up.
    private async Task RunAsync(Func<IChannel, CancellationToken, Task> body)
    {
        using var limit = new CancellationTokenSource(Limit);
        await _link.RunAsync(body, limit.Token);
    }

    private static string? Text(IDictionary<string, object?> headers, string key) =>
        headers.TryGetValue(key, out var value) && value is byte[] octets ? Encoding.UTF8.GetString(octets) : null;
}
