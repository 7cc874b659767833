using RabbitMQ.Client;

namespace Connections.Collector.Bus;

/// <summary>The queues, made on first use and the same whoever makes them: replicated and on disk (quorum queues), so that no restart of a broker loses a message.</summary>
internal static class RabbitTopology
{
    /// <summary>The header of a dead letter that says why it is one.</summary>
    internal const string ReasonHeader = "x-collector-reason";

    /// <summary>The header of a dead letter that says where it came from.</summary>
    internal const string QueueHeader = "x-collector-queue";

    internal static async Task DeclareAsync(IChannel channel, RabbitSettings settings, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(settings.DeadExchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        await DeclareQueueAsync(channel, settings.DeadQueue, [], cancellationToken);
        await channel.QueueBindAsync(settings.DeadQueue, settings.DeadExchange, routingKey: "", cancellationToken: cancellationToken);
        await DeclareQueueAsync(channel, settings.ResultQueue, [], cancellationToken);
        foreach (var domain in settings.DomainsOrDefault)
        {
            await DeclareRequestsAsync(channel, settings, domain, cancellationToken);
        }
    }

    /// <summary>Makes sure that there are results to be read. Whoever reads makes no queue: a name that is misspelt would look like an empty one.</summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.OperationInterruptedException">There is no such queue.</exception>
    internal static Task RequireResultsAsync(IChannel channel, RabbitSettings settings, CancellationToken cancellationToken) =>
        channel.QueueDeclarePassiveAsync(settings.ResultQueue, cancellationToken);

    /// <summary>What a dead letter bears besides its body.</summary>
    internal static BasicProperties DeadLetter(string queue, string reason) => new()
    {
        DeliveryMode = DeliveryModes.Persistent,
        Headers = new Dictionary<string, object?> { [ReasonHeader] = reason, [QueueHeader] = queue },
    };

    // At-least-once dead-lettering keeps a message until the dead letters have confirmed it; it needs publishers to be told when a queue is full.
    private static Task DeclareRequestsAsync(IChannel channel, RabbitSettings settings, string domain, CancellationToken cancellationToken) => DeclareQueueAsync(
        channel,
        settings.RequestQueue(domain),
        new Dictionary<string, object?>
        {
            ["x-delivery-limit"] = settings.DeliveryLimit,
            ["x-dead-letter-exchange"] = settings.DeadExchange,
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
        },
        cancellationToken);

    private static async Task DeclareQueueAsync(IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        arguments["x-queue-type"] = "quorum";
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
    }
}
