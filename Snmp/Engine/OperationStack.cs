namespace Connections.Snmp.Engine;

/// <summary>Operations that any thread pushes and one thread takes all at once, without a lock. Each operation stands in at most one stack of a kind.</summary>
internal sealed class OperationStack(OperationLink link)
{
    private readonly int _link = (int)link;
    private Operation? _head;

    internal bool IsEmpty => Volatile.Read(ref _head) is null;

    internal void Push(Operation operation)
    {
        var head = Volatile.Read(ref _head);
        while (true)
        {
            operation.Links[_link] = head;
            var seen = Interlocked.CompareExchange(ref _head, operation, head);
            if (ReferenceEquals(seen, head))
            {
                return;
            }

            head = seen;
        }
    }

    /// <summary>Takes all, the oldest first; the rest follows by <see cref="Next"/>.</summary>
    internal Operation? TakeAll()
    {
        if (IsEmpty)
        {
            return null;
        }

        var newest = Interlocked.Exchange(ref _head, null);
        Operation? oldest = null;
        while (newest is not null)
        {
            var next = newest.Links[_link];
            newest.Links[_link] = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    /// <summary>The one pushed after <paramref name="operation"/>, which is let go.</summary>
    internal Operation? Next(Operation operation)
    {
        var next = operation.Links[_link];
        operation.Links[_link] = null;
        return next;
    }
}
