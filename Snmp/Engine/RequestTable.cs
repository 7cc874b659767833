using System.Numerics;
using System.Runtime.CompilerServices;

namespace Connections.Snmp.Engine;

/// <summary>
/// The requests in flight, by request-id. Any thread adds; the I/O thread finds and removes. Slots are used in turn, so that a
/// generation comes round again as late as possible. It has twice the slots that may be in use, so that a free one is near.
/// </summary>
internal sealed class RequestTable
{
    private readonly Operation?[] _slots;
    private readonly int _mask;
    private readonly bool _isShort;
    private readonly int _limit;
    private int _count;

    // Begins anywhere, so that what an earlier process was sent does not match, and an outsider cannot guess.
    private int _sequence = Random.Shared.Next();

    internal RequestTable(int maxInFlight, bool isShort = false)
    {
        _slots = new Operation?[(int)BitOperations.RoundUpToPowerOf2((uint)maxInFlight * 2)];
        _mask = _slots.Length - 1;
        _isShort = isShort;
        _limit = maxInFlight;
    }

    /// <summary>Gives the operation a key of its own and makes it findable; false if too many are in flight.</summary>
    internal bool TryAdd(Operation operation)
    {
        if (Interlocked.Increment(ref _count) > _limit)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        Place(operation);
        return true;
    }

    /// <summary>Gives the operation another key, so that replies to its former requests are late.</summary>
    internal void Rename(Operation operation)
    {
        Clear(operation);
        Place(operation);
    }

    /// <summary>The operation that a request-id belongs to. It may still be on its way into the I/O thread's custody, if a stranger guessed the id.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Operation? Find(int requestId)
    {
        var operation = Volatile.Read(ref _slots[RequestId.SequenceOf(requestId) & _mask]);
        return operation is not null && operation.Key == RequestId.KeyOf(requestId) && operation.HasSent(requestId) ? operation : null;
    }

    internal void Remove(Operation operation)
    {
        Clear(operation);
        Interlocked.Decrement(ref _count);
    }

    /// <summary>All that are in flight. Called by the I/O thread.</summary>
    internal IEnumerable<Operation> All() => _slots.OfType<Operation>();

    private void Place(Operation operation)
    {
        while (true)
        {
            var sequence = Interlocked.Increment(ref _sequence);
            operation.TakeKey(_isShort ? RequestId.ShortKey(sequence) : RequestId.Key(sequence), RequestId.GenerationOf(sequence, _isShort));
            ref var slot = ref _slots[sequence & _mask];
            if (slot is null && Interlocked.CompareExchange(ref slot, operation, null) is null)
            {
                return;
            }
        }
    }

    private void Clear(Operation operation) =>
        Volatile.Write(ref _slots[RequestId.SequenceOf(operation.Key) & _mask], null);
}
