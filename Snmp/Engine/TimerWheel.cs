using System.Numerics;

namespace Connections.Snmp.Engine;

/// <summary>
/// A hashed timer wheel for timers most of which never fire. An operation stays where it stands when it ends or is used again for a later
/// time, and is looked at when the wheel comes by: so the usual request moves nothing. Times are milliseconds of the engine's clock. Used by
/// the I/O thread alone.
/// </summary>
internal sealed class TimerWheel
{
    private const int TickBits = 3;
    private const int BucketCount = 512;
    private const long None = -1;

    private readonly Operation?[] _buckets = new Operation?[BucketCount];
    private readonly ulong[] _occupied = new ulong[BucketCount / 64];
    private long _tick;

    internal TimerWheel(long now) => _tick = now >> TickBits;

    /// <summary>Sets the timer of an operation in custody to its <see cref="Operation.DueAt"/>, whether it was set or not.</summary>
    internal void Set(Operation operation)
    {
        if (operation.DueAt == long.MaxValue)
        {
            return;
        }

        var tick = Math.Max(TickOf(operation.DueAt), _tick + 1);
        if (operation.TimerTick == None)
        {
            Insert(operation, tick, _tick + 1);
        }
        else if (operation.TimerTick > tick)
        {
            Remove(operation);
            Insert(operation, tick, _tick + 1);
        }
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
            var due = FirstDue(now);
            if (due is not null)
            {
                Remove(due);
                return due;
            }

            _tick++;
        }

        return null;
    }

    /// <summary>How long until the wheel is to be looked at, in milliseconds; -1 when nothing stands in it.</summary>
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

        return -1;
    }

    // Rounded up, so that whatever belongs to a tick is due once the tick is reached.
    private static long TickOf(long time) => (time + (1 << TickBits) - 1) >> TickBits;

    // What lies more than one turn ahead of the next tick that is looked at is met early.
    private void Insert(Operation operation, long tick, long nextTick)
    {
        var bucket = (int)(tick & (BucketCount - 1));
        var head = _buckets[bucket];
        operation.TimerTick = nextTick + ((tick - nextTick) & (BucketCount - 1));
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

    private void Remove(Operation operation)
    {
        var bucket = (int)(operation.TimerTick & (BucketCount - 1));
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

        operation.TimerTick = None;
        operation.TimerNext = operation.TimerPrevious = null;
    }

    /// <summary>Looks through the bucket that the wheel has come to: takes out what has ended, and moves on what is not due yet.</summary>
    private Operation? FirstDue(long now)
    {
        for (var operation = _buckets[(_tick + 1) & (BucketCount - 1)]; operation is not null;)
        {
            var next = operation.TimerNext;

            // Whoever has it outside custody may be setting its time just now.
            if (operation.IsInCustody && operation.DueAt <= now)
            {
                return operation;
            }

            Remove(operation);
            if (operation.IsInCustody && operation.DueAt != long.MaxValue)
            {
                Insert(operation, TickOf(operation.DueAt), _tick + 2);
            }

            operation = next;
        }

        return null;
    }
}
