using System.Buffers;
using System.Diagnostics;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

/// <summary>Answers that wait for their device's latency, the earliest first, equally early ones in order of arrival. The agent's thread alone uses it.</summary>
internal sealed class DelayedReplies
{
    // The shared pool keeps few arrays of a size; a slow lab has thousands of answers waiting.
    private const int MostKeptOfASize = 8_192;
    private readonly ArrayPool<byte> _octets = ArrayPool<byte>.Create(SendBatch.LargestDatagram, MostKeptOfASize);
    private readonly PriorityQueue<DelayedReply, (long Due, long Order)> _queue = new();
    private long _order;

    /// <summary>How many answers wait.</summary>
    public int Count => _queue.Count;

    /// <summary>Keeps a copy of an answer.</summary>
    public void Add(in Reply reply, ReadOnlySpan<byte> datagram, TimeSpan delay)
    {
        var octets = _octets.Rent(datagram.Length);
        datagram.CopyTo(octets);
        var due = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
        _queue.Enqueue(new DelayedReply(reply, octets, datagram.Length), (due, _order++));
    }

    /// <summary>Takes the next answer whose time has come. It must be released once copied.</summary>
    public bool TryTakeDue(long now, out DelayedReply reply)
    {
        if (_queue.TryPeek(out reply, out var priority) && priority.Due <= now)
        {
            _queue.Dequeue();
            return true;
        }

        return false;
    }

    /// <summary>Takes back the octets of an answer that was taken.</summary>
    public void Release(in DelayedReply reply) => _octets.Return(reply.Octets);

    /// <summary>The time until the next answer is due, so that the wait for it is one wait; <see cref="Timeout.InfiniteTimeSpan"/> when there is none.</summary>
    public TimeSpan UntilDue()
    {
        if (!_queue.TryPeek(out _, out var priority))
        {
            return Timeout.InfiniteTimeSpan;
        }

        // Rounded up, or the last wait would end just before its time.
        var remaining = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), priority.Due) + TimeSpan.FromTicks(1);
        return remaining < TimeSpan.Zero ? TimeSpan.Zero : remaining;
    }
}
