using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Connections.Collector.Monitoring;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Connections.Collector.Bus;

/// <summary>
/// Takes blocks out of the queue of results. A block leaves the queue once the next one is asked for, that is, when its reader is done with it; one that is lost with its channel before comes
/// again. What is no block goes to the dead letters.
/// </summary>
internal sealed class RabbitBlockReader : IAsyncDisposable
{
    // Enough to keep a reader busy, and few enough for readers to share a queue.
    private const ushort Prefetch = 4;

    private readonly RabbitSettings _settings;
    private readonly ILogger _logger;
    private readonly RabbitLink _link;

    internal RabbitBlockReader(RabbitSettings settings, ILogger logger)
    {
        settings.Validate();
        _settings = settings;
        _logger = logger;
        _link = new RabbitLink(settings, "results", confirms: true, logger, RabbitTopology.RequireResultsAsync);
    }

    /// <summary>Finds out whether there is a queue to read, in one attempt.</summary>
    /// <exception cref="BrokerException">There is none.</exception>
    internal Task CheckAsync(CancellationToken cancellationToken) => _link.CheckAsync(cancellationToken);

    /// <summary>Reads until the queue is empty.</summary>
    /// <param name="most">How many blocks to read at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal IAsyncEnumerable<ResultBlock> ReadAsync(int most = int.MaxValue, CancellationToken cancellationToken = default) =>
        UnpackAsync(TakeAsync(cancellationToken), most, cancellationToken);

    /// <summary>Reads blocks as they come.</summary>
    /// <param name="most">How many blocks to read at most.</param>
    /// <param name="idle">How long to wait for a block before the end; <see langword="null"/> for without an end.</param>
    /// <param name="stop">Ends the reading without an error.</param>
    internal IAsyncEnumerable<ResultBlock> FollowAsync(int most, TimeSpan? idle, CancellationToken stop) =>
        UnpackAsync(ConsumeAsync(idle, stop), most, CancellationToken.None);

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private async IAsyncEnumerable<ResultBlock> UnpackAsync(
        IAsyncEnumerable<BlockDelivery> deliveries, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var delivery in deliveries.WithCancellation(cancellationToken))
        {
            var error = ResultBlock.TryRead(delivery.Body, out var block);
            if (block is null)
            {
                await RefuseAsync(delivery, error, cancellationToken);
                continue;
            }

            yield return block;
            await AcknowledgeAsync(delivery);
            if (++read == most)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<BlockDelivery> TakeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await TakeOneAsync(cancellationToken) is { } delivery)
        {
            yield return delivery;
        }
    }

    private async Task<BlockDelivery?> TakeOneAsync(CancellationToken cancellationToken)
    {
        BlockDelivery? taken = null;
        await _link.RunAsync(
            async (channel, token) => taken = await channel.BasicGetAsync(_settings.ResultQueue, autoAck: false, token) is { } message
                ? new BlockDelivery(channel, message.DeliveryTag, message.Body)
                : null,
            cancellationToken);
        return taken;
    }

    private async IAsyncEnumerable<BlockDelivery> ConsumeAsync(TimeSpan? idle, [EnumeratorCancellation] CancellationToken stop)
    {
        var arrived = Channel.CreateUnbounded<BlockDelivery>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var consuming = ConsumeAsync(arrived.Writer, end.Token);
        try
        {
            while (await ArriveAsync(arrived.Reader, idle, stop))
            {
                while (!stop.IsCancellationRequested && arrived.Reader.TryRead(out var delivery))
                {
                    yield return delivery;
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await consuming;
        }
    }

    private async Task ConsumeAsync(ChannelWriter<BlockDelivery> arrived, CancellationToken stop)
    {
        var consumer = new RabbitConsumer(_link, [_settings.ResultQueue], Prefetch, (channel, _, message) =>
        {
            arrived.TryWrite(new BlockDelivery(channel, message.DeliveryTag, message.Body.ToArray()));
            return Task.CompletedTask;
        });
        try
        {
            await consumer.RunAsync(stop);
        }
        finally
        {
            arrived.TryComplete();
        }
    }

    private static async Task<bool> ArriveAsync(ChannelReader<BlockDelivery> arrived, TimeSpan? idle, CancellationToken stop)
    {
        try
        {
            return await arrived.WaitToReadAsync(CancellationToken.None).AsTask().WaitAsync(idle ?? Timeout.InfiniteTimeSpan, stop);
        }
        catch (Exception error) when (error is TimeoutException || stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task AcknowledgeAsync(BlockDelivery delivery)
    {
        try
        {
            await delivery.Channel.BasicAckAsync(delivery.Tag, multiple: false, CancellationToken.None);
        }
        catch (Exception error) when (RabbitErrors.IsTransient(error))
        {
            CollectorLog.NotAcknowledged(_logger, RabbitErrors.ReasonOf(error));
        }
    }

    private async Task RefuseAsync(BlockDelivery delivery, ResultBlockError error, CancellationToken cancellationToken)
    {
        CollectorLog.MessageRefused(_logger, _settings.ResultQueue, error.ToString());
        var properties = RabbitTopology.DeadLetter(_settings.ResultQueue, $"The message is no block: {error}.");
        await _link.RunAsync(
            (channel, token) => channel.BasicPublishAsync(_settings.DeadExchange, routingKey: "", mandatory: true, properties, delivery.Body, token).AsTask(), cancellationToken);
        await AcknowledgeAsync(delivery);
    }
}
