using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Notifications;

/// <summary>
/// The notifications that wait to be read, bounded in number and in memory: small messages of many varbinds take far more memory decoded than on the wire. One thread adds, any
/// number read.
/// </summary>
internal sealed class NotificationQueue(int capacity, long maxBytes)
{
    private const int Fixed = 512;

    private readonly Channel<(SnmpNotification Notification, long Cost)> _channel =
        Channel.CreateUnbounded<(SnmpNotification, long)>(new UnboundedChannelOptions { SingleWriter = true });

    private long _bytes;

    internal int Count => _channel.Reader.Count;

    internal long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The memory that a notification takes, by estimate.</summary>
    internal static long CostOf(SnmpNotification notification, int messageLength) =>
        Fixed + messageLength + (long)notification.VarBinds.Count * Unsafe.SizeOf<VarBind>();

    /// <summary>Whether there is room, which stays true until the next <see cref="Add"/>. One that alone exceeds the memory has room in an empty queue.</summary>
    internal bool HasRoomFor(long cost)
    {
        var count = Count;
        return count < capacity && (count == 0 || Bytes + cost <= maxBytes);
    }

    internal void Add(SnmpNotification notification, long cost)
    {
        Interlocked.Add(ref _bytes, cost);
        _channel.Writer.TryWrite((notification, cost));
    }

    /// <summary>Lets readers end once they have read what is there, with an error if one is given.</summary>
    internal void Complete(Exception? error) => _channel.Writer.TryComplete(error);

    internal async IAsyncEnumerable<SnmpNotification> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (notification, cost) in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            Interlocked.Add(ref _bytes, -cost);
            yield return notification;
        }
    }
}
