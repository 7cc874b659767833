using System.Runtime.InteropServices;

namespace Connections.Snmp.Engine;

/// <summary>
/// Finished operations on their way to their callers: one work item of the thread pool delivers them all, one after the other. User code
/// that runs here may block, even on another operation of the same batch; then the I/O thread sends a further work item to take
/// over what is left (<see cref="Relieve"/>).
/// </summary>
internal sealed class CompletionBatch(SnmpEngine engine) : IThreadPoolWorkItem
{
    private List<Operation?> _operations = [];
    private int _next;
    private int _workers;
    private long _relievedAt;

    /// <summary>Whether all was delivered and no thread is inside. Read by the I/O thread.</summary>
    internal bool IsFree => Volatile.Read(ref _workers) == 0;

    /// <summary>Sends the operations on their way. Called by the I/O thread, on a free batch.</summary>
    /// <param name="operations">The operations; the list is the batch's from now on.</param>
    /// <param name="now">The time.</param>
    /// <returns>An empty list to collect further ones in.</returns>
    internal List<Operation?> Start(List<Operation?> operations, long now)
    {
        var empty = _operations;
        empty.Clear();
        _operations = operations;
        _relievedAt = now;
        Volatile.Write(ref _next, 0);
        Volatile.Write(ref _workers, 1);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return empty;
    }

    /// <summary>Sends another thread in if delivery has stood for <paramref name="patience"/> milliseconds. Called by the I/O thread.</summary>
    /// <returns>Whether the batch is stuck.</returns>
    internal bool Relieve(long now, long patience)
    {
        if (IsFree || now - _relievedAt < patience)
        {
            return false;
        }

        _relievedAt = now;
        if (Volatile.Read(ref _next) < _operations.Count && TryJoin())
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return true;
    }

    void IThreadPoolWorkItem.Execute()
    {
        using (engine.DeferSending())
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
                operation.Deliver();
            }
        }

        Interlocked.Decrement(ref _workers);
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
