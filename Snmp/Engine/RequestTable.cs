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

    // Begins anywhere, so that what an earlier process was sent does not match, and an outsider cannot guess.
    private int _sequence = Random.Shared.Next();

    internal RequestTable(int maxInFlight)
    {
        _slots = new Operation?[(int)BitOperations.RoundUpToPowerOf2((uint)maxInFlight * 2)];
        _mask = _slots.Length - 1;
    }

    /// <summary>Gives the operation a key of its own and makes it findable.</summary>
    internal void Add(Operation operation)
    {
        while (true)
        {
            var sequence = Interlocked.Increment(ref _sequence);
            operation.Key = RequestId.Key(sequence);
            ref var slot = ref _slots[sequence & _mask];
            if (slot is null && Interlocked.CompareExchange(ref slot, operation, null) is null)
            {
                return;
            }
        }
    }

    /// <summary>The operation that a request-id belongs to. It may still be on its way into the I/O thread's custody, if a stranger guessed the id.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Operation? Find(int requestId)
    {
        var operation = Volatile.Read(ref _slots[RequestId.SequenceOf(requestId) & _mask]);
        return operation is not null && operation.Key == RequestId.KeyOf(requestId) ? operation : null;
    }

    internal void Remove(Operation operation) =>
        Volatile.Write(ref _slots[RequestId.SequenceOf(operation.Key) & _mask], null);

    /// <summary>All that are in flight. Called by the I/O thread.</summary>
    internal IEnumerable<Operation> All() => _slots.OfType<Operation>();
}
