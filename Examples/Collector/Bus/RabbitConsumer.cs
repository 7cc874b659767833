using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Connections.Collector.Bus;

/// <summary>Has the messages of queues sent here, on one channel after the other, as often as one is lost.</summary>
/// <param name="link">Where channels come from.</param>
/// <param name="queues">The queues.</param>
/// <param name="prefetch">How many messages the broker sends ahead of their acknowledgement, of each queue.</param>
/// <param name="receive">Takes a message of a queue, which must be acknowledged on the same channel. Its body is gone once the task has ended.</param>
internal sealed class RabbitConsumer(
    RabbitLink link, IReadOnlyList<string> queues, ushort prefetch, Func<IChannel, string, BasicDeliverEventArgs, Task> receive)
{
    /// <summary>Goes on until it is told to stop, which is no error.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await link.RunAsync(ConsumeAsync, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was told to stop while the broker was away.
        }
    }

    private async Task ConsumeAsync(IChannel channel, CancellationToken stop)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) => Signal(ended);
        await channel.BasicQosAsync(prefetchSize: 0, prefetch, global: false, stop);
        var tags = new List<string>();
        foreach (var queue in queues)
        {
            var consumer = new QueueConsumer(channel, ended);
            consumer.ReceivedAsync += (_, delivery) => receive(channel, queue, delivery);
            tags.Add(await channel.BasicConsumeAsync(queue, autoAck: false, consumer, stop));
        }

        await using var stopping = stop.Register(() => ended.TrySetResult());
        if (channel.IsOpen)
        {
            await ended.Task;
        }

        await EndAsync(channel, tags, stop);
    }

    // Whoever was told to stop still acknowledges what it has, on the same channel; a lost one is replaced.
    private async Task EndAsync(IChannel channel, List<string> tags, CancellationToken stop)
    {
        if (!stop.IsCancellationRequested)
        {
            link.Discard(channel);
            return;
        }

        foreach (var tag in tags)
        {
            await channel.BasicCancelAsync(tag, noWait: false, CancellationToken.None);
        }
    }

    private static Task Signal(TaskCompletionSource ended)
    {
        ended.TrySetResult();
        return Task.CompletedTask;
    }

    // The client has no event for a queue that the broker takes away, only this.
    private sealed class QueueConsumer(IChannel channel, TaskCompletionSource ended) : AsyncEventingBasicConsumer(channel)
    {
        protected override async Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
        {
            await base.OnCancelAsync(consumerTags, cancellationToken);
            ended.TrySetResult();
        }
    }
}
