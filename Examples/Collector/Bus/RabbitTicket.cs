using Connections.Collector.Monitoring;
using Connections.Collector.Requests;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Connections.Collector.Bus;

/// <summary>A request of a queue. Where its channel was lost, the broker has given the request to somebody again already.</summary>
internal sealed class RabbitTicket(CollectRequest request, IChannel channel, ulong tag, ILogger logger) : RequestTicket(request)
{
    internal override ValueTask AcknowledgeAsync() => TellAsync(() => channel.BasicAckAsync(tag, multiple: false, CancellationToken.None));

    internal override ValueTask ReleaseAsync() => TellAsync(() => channel.BasicNackAsync(tag, multiple: false, requeue: true, CancellationToken.None));

    // A channel that is closed already throws before there is anything to await.
    private async ValueTask TellAsync(Func<ValueTask> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception error) when (RabbitErrors.IsTransient(error))
        {
            CollectorLog.NotAcknowledged(logger, RabbitErrors.ReasonOf(error));
        }
    }
}
