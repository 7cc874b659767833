using RabbitMQ.Client;

namespace Connections.Collector.Bus;

/// <summary>A message of the queue of results, which is acknowledged on the channel that it came on.</summary>
internal readonly record struct BlockDelivery(IChannel Channel, ulong Tag, ReadOnlyMemory<byte> Body);
