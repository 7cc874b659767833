using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Connections.Snmp.Engine;

/// <summary>
/// Finished operations on their way to their callers: one thread delivers them all, one after the other. User code that runs here may block, even on another
/// operation of the same batch; then the I/O thread sends a work item of the thread pool to take over what is left (<see cref="Relieve"/>).
/// </summary>
internal sealed class CompletionBatch(SnmpEngine engine) : IThreadPoolWorkItem
{
    private readonly Deferral _deferral = new(engine);
    private List<Operation?> _operations = [];
    private int _next;
    private int _workers;
    private long _relievedAt;

    /// <summary>Whether all was delivered and no thread is inside. Read by the I/O thread.</summary>
    internal bool IsFree => Volatile.Read(ref _workers) == 0;

    /// <summary>How many operations there are.</summary>
    internal int Count => _operations.Count;

    /// <summary>Takes operations in, for one thread to deliver. Called by the I/O thread, on a free batch.</summary>
    /// <param name="operations">The operations; the list is the batch's from now on.</param>
    /// <param name="now">The time.</param>
    /// <returns>An empty list to collect further ones in.</returns>
    internal List<Operation?> Fill(List<Operation?> operations, long now)
    {
        var empty = _operations;
        empty.Clear();
        _operations = operations;
        _relievedAt = now;
        _deferral.IsOver = false;
        Volatile.Write(ref _next, 0);
        Volatile.Write(ref _workers, 1);
        return empty;
    }

    /// <summary>Has a thread of the pool deliver them.</summary>
    internal void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Sends another thread in if delivery has stood for <paramref name="patience"/> milliseconds. Called by the I/O thread.</summary>
    /// <returns>Whether the batch is stuck.</returns>
    internal bool Relieve(long now, long patience)
    {
        if (IsFree || now - _relievedAt < patience)
        {
            return false;
        }

        _relievedAt = now;
        _deferral.IsOver = true;
        if (Volatile.Read(ref _next) < _operations.Count && TryJoin())
        {
            Queue();
        }

        return true;
    }

    void IThreadPoolWorkItem.Execute()
    {
        using (DeferSending())
        {
            Deliver();
        }
    }

    /// <summary>Has the thread's requests wait for each other until the scope ends.</summary>
    internal DeferredSending DeferSending() => new(_deferral);

    /// <summary>Delivers what no other thread has delivered yet.</summary>
    internal void Deliver()
    {
        var operations = CollectionsMarshal.AsSpan(_operations);
        while (true)
        {
            var index = Interlocked.Increment(ref _next) - 1;
            if (index >= operations.Length)
            {
                break;
            }

            var operation = operations[index]!;
            operations[index] = null;
            Deliver(operation);
        }

        Interlocked.Decrement(ref _workers);
    }

    // An awaiting method keeps its errors to itself; what else hangs on the result has nobody to catch them, as anywhere on the thread pool.
    [SuppressMessage("Design", "CA1031", Justification = "It is thrown again where it ends the process, and not the engine's thread.")]
    private static void Deliver(Operation operation)
    {
        try
        {
            operation.Deliver();
        }
        catch (Exception error)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static caught => caught.Throw(), ExceptionDispatchInfo.Capture(error), preferLocal: false);
        }
    }

    private bool TryJoin()
    {
        var workers = Volatile.Read(ref _workers);
        while (workers > 0)
        {
            var seen = Interlocked.CompareExchange(ref _workers, workers + 1, workers);
            if (seen == workers)
            {
                return true;
            }

            workers = seen;
        }

        return false;
    }
}
