using Connections.Collector.Results;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Connections.Collector.Bus;

/// <summary>Blocks as messages of a queue. A block is safe once the broker has confirmed it; one that was not confirmed is published again, so that it may come twice.</summary>
internal sealed class RabbitBlockSink : IResultSink
{
    internal const string ContentType = "application/vnd.connections.result-block";

    private readonly RabbitSettings _settings;
    private readonly RabbitLink _link;
    private readonly string _stream = Guid.NewGuid().ToString("N");

    internal RabbitBlockSink(RabbitSettings settings, ILogger logger)
    {
        _settings = settings;
        _link = new RabbitLink(settings, "results", confirms: true, logger);
    }

    public async Task WriteAsync(ResultBlock block, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            DeliveryMode = DeliveryModes.Persistent,
            ContentType = ContentType,
            MessageId = $"{_stream}/{block.Sequence}",
        };
        await _link.RunAsync(
            async (channel, token) =>
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                limit.CancelAfter(_settings.ConfirmWithin);
                try
                {
                    await channel.BasicPublishAsync(exchange: "", _settings.ResultQueue, mandatory: true, properties, block.Memory, limit.Token);
                }
                catch (OperationCanceledException) when (!token.IsCancellationRequested)
                {
                    _link.Discard(channel);
                    throw new TimeoutException($"The broker did not confirm a block within {_settings.ConfirmWithin}.");
                }
            },
            cancellationToken);
    }

    public Task EndAsync(IReadOnlyList<BlockRequest> ended, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _link.DisposeAsync();
}
