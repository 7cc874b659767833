using System.Runtime.CompilerServices;
using Connections.Collector.Monitoring;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Connections.Collector.Bus;

/// <summary>Takes blocks out of the queue of results until it is empty. A block leaves the queue once the next one is asked for; one that is none goes to the dead letters.</summary>
internal sealed class RabbitBlockReader : IAsyncDisposable
{
    private readonly RabbitSettings _settings;
    private readonly ILogger _logger;
    private readonly RabbitLink _link;

    internal RabbitBlockReader(RabbitSettings settings, ILogger logger)
    {
        _settings = settings;
        _logger = logger;
        _link = new RabbitLink(settings, "blocks", confirms: true, logger);
    }

    internal async IAsyncEnumerable<ResultBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await TakeAsync(cancellationToken) is var (channel, message) && message is not null)
        {
            var error = ResultBlock.TryRead(message.Body, out var block);
            if (block is null)
            {
                await RefuseAsync(channel, message, error, cancellationToken);
            }
            else
            {
                yield return block;
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private async Task<(IChannel Channel, BasicGetResult? Message)> TakeAsync(CancellationToken cancellationToken)
    {
        var channel = await _link.GetAsync(cancellationToken);
        return (channel, await channel.BasicGetAsync(_settings.ResultQueue, autoAck: false, cancellationToken));
    }

    private async Task RefuseAsync(IChannel channel, BasicGetResult message, ResultBlockError error, CancellationToken cancellationToken)
    {
        CollectorLog.MessageRefused(_logger, _settings.ResultQueue, error.ToString());
        var properties = RabbitTopology.DeadLetter(_settings.ResultQueue, $"The message is no block: {error}.");
        await channel.BasicPublishAsync(_settings.DeadExchange, routingKey: "", mandatory: true, properties, message.Body, cancellationToken);
        await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
    }
}
