using System.Numerics;

namespace Connections.Snmp.Engine;

/// <summary>
/// A hashed timer wheel: adding and removing takes constant time, since most timers never fire. Times are milliseconds of the engine's
/// clock; what lies more than one turn ahead is met early and left where it is. Used by the I/O thread alone.
/// </summary>
internal sealed class TimerWheel
{
    private const int TickBits = 3;
    private const int BucketCount = 512;
    private const int None = -1;

    private readonly Operation?[] _buckets = new Operation?[BucketCount];
    private readonly ulong[] _occupied = new ulong[BucketCount / 64];
    private long _tick;

    internal TimerWheel(long now) => _tick = now >> TickBits;

    /// <summary>Sets the operation's timer to its <see cref="Operation.DueAt"/>, whether it was set or not.</summary>
    internal void Set(Operation operation)
    {
        // Rounded up, so that whatever belongs to a tick is due once the tick is reached.
        var tick = (operation.DueAt + (1 << TickBits) - 1) >> TickBits;
        var bucket = (int)(Math.Max(tick, _tick + 1) & (BucketCount - 1));
        if (operation.TimerBucket == bucket)
        {
            return;
        }

        Remove(operation);
        var head = _buckets[bucket];
        operation.TimerBucket = bucket;
        operation.TimerNext = head;
        operation.TimerPrevious = null;
        if (head is not null)
        {
            head.TimerPrevious = operation;
        }
        else
        {
            _occupied[bucket >> 6] |= 1UL << bucket;
        }

        _buckets[bucket] = operation;
    }

    internal void Remove(Operation operation)
    {
        var bucket = operation.TimerBucket;
        if (bucket == None)
        {
            return;
        }

        var (next, previous) = (operation.TimerNext, operation.TimerPrevious);
        if (next is not null)
        {
            next.TimerPrevious = previous;
        }

        if (previous is not null)
        {
            previous.TimerNext = next;
        }
        else if ((_buckets[bucket] = next) is null)
        {
            _occupied[bucket >> 6] &= ~(1UL << bucket);
        }

        operation.TimerBucket = None;
        operation.TimerNext = operation.TimerPrevious = null;
    }

    /// <summary>Takes one operation out whose timer is due, or returns null when there is none up to <paramref name="now"/>.</summary>
    internal Operation? TakeDue(long now)
    {
        var last = now >> TickBits;
        if (last - _tick > BucketCount)
        {
            _tick = last - BucketCount;
        }

        while (_tick < last)
        {
            var due = FirstDue((int)((_tick + 1) & (BucketCount - 1)), now);
            if (due is not null)
            {
                Remove(due);
                return due;
            }

            _tick++;
        }

        return null;
    }

    /// <summary>How long until a timer may be due, in milliseconds; -1 when none is set.</summary>
    internal int MillisecondsToNext(long now)
    {
        var from = (int)((_tick + 1) & (BucketCount - 1));
        for (var step = 0; step <= _occupied.Length; step++)
        {
            var word = ((from >> 6) + step) % _occupied.Length;
            var bits = _occupied[word];
            if (step == 0)
            {
                bits &= ulong.MaxValue << from;
            }
            else if (step == _occupied.Length)
            {
                bits &= (1UL << from) - 1;
            }

            if (bits == 0)
            {
                continue;
            }

            var bucket = (word << 6) + BitOperations.TrailingZeroCount(bits);
            var tick = _tick + 1 + ((bucket - from) & (BucketCount - 1));
            return (int)Math.Max(0, (tick << TickBits) - now);
        }

        return None;
    }

    private Operation? FirstDue(int bucket, long now)
    {
        for (var operation = _buckets[bucket]; operation is not null; operation = operation.TimerNext)
        {
            if (operation.DueAt <= now)
            {
                return operation;
            }
        }

        return null;
    }
}
