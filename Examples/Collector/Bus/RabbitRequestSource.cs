using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Connections.Collector.Monitoring;
using Connections.Collector.Requests;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Connections.Collector.Bus;

/// <summary>
/// Requests of a broker's queues, one for each routing domain, which any number of collectors share. A message that is no request goes to the dead letters, with the reason in a header.
/// What was not acknowledged when a collector, its connection or the broker dies is delivered again.
/// </summary>
internal sealed class RabbitRequestSource : IRequestSource
{
    private readonly RabbitSettings _settings;
    private readonly CollectorStatistics _statistics;
    private readonly ILogger _logger;
    private readonly RequestReader _reader = new();
    private readonly RabbitLink _consuming;
    private readonly RabbitLink _publishing;
    private readonly Channel<RequestTicket> _tickets = Channel.CreateUnbounded<RequestTicket>();

    internal RabbitRequestSource(RabbitSettings settings, CollectorStatistics statistics, ILogger logger)
    {
        _settings = settings;
        _statistics = statistics;
        _logger = logger;
        _consuming = new RabbitLink(settings, "requests", confirms: false, logger);
        _publishing = new RabbitLink(settings, "dead letters", confirms: true, logger);
    }

    public async IAsyncEnumerable<RequestTicket> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var consuming = ConsumeAsync(stop);
        while (await WaitToReadAsync(stop))
        {
            while (!stop.IsCancellationRequested && _tickets.Reader.TryRead(out var ticket))
            {
                yield return ticket;
            }
        }

        await consuming;
    }

    public async ValueTask<long?> CountWaitingAsync(CancellationToken cancellationToken)
    {
        var channel = await _publishing.GetAsync(cancellationToken);
        long count = _tickets.Reader.Count;
        foreach (var domain in _settings.DomainsOrDefault)
        {
            count += await channel.MessageCountAsync(_settings.RequestQueue(domain), cancellationToken);
        }

        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await _consuming.DisposeAsync();
        await _publishing.DisposeAsync();
    }

    private async ValueTask<bool> WaitToReadAsync(CancellationToken stop)
    {
        try
        {
            return !stop.IsCancellationRequested && await _tickets.Reader.WaitToReadAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whoever reads tickets learns what ended them.")]
    private async Task ConsumeAsync(CancellationToken stop)
    {
        var consumer = new RabbitConsumer(
            _consuming,
            [.. _settings.DomainsOrDefault.Select(_settings.RequestQueue)],
            _settings.Prefetch,
            (channel, queue, delivery) => ReceiveAsync(channel, queue, delivery, stop));
        try
        {
            await consumer.RunAsync(stop);
        }
        catch (Exception error)
        {
            _tickets.Writer.TryComplete(error);
        }
    }

    private async Task ReceiveAsync(IChannel channel, string queue, BasicDeliverEventArgs delivery, CancellationToken stop)
    {
        try
        {
            _tickets.Writer.TryWrite(new RabbitTicket(_reader.Read(delivery.Body.Span), channel, delivery.DeliveryTag, _logger));
        }
        catch (RequestFormatException error)
        {
            await RefuseAsync(channel, queue, delivery, error.Message, stop);
        }
    }

    private async Task RefuseAsync(IChannel channel, string queue, BasicDeliverEventArgs delivery, string reason, CancellationToken stop)
    {
        CollectorLog.MessageRefused(_logger, queue, reason);
        var body = delivery.Body.ToArray();
        var properties = RabbitTopology.DeadLetter(queue, reason);
        try
        {
            await _publishing.RunAsync(
                (dead, token) => dead.BasicPublishAsync(_settings.DeadExchange, routingKey: "", mandatory: true, properties, body, token).AsTask(), stop);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
            _statistics.Refuse();
        }
        catch (Exception error) when (RabbitErrors.IsTransient(error) || error is OperationCanceledException)
        {
            CollectorLog.NotAcknowledged(_logger, RabbitErrors.ReasonOf(error));
        }
    }
}
