namespace Connections.Pooling;

/// <summary>A queue whose links lie in its items, so that an item leaves it at once, wherever it stands. To be used under a mutex.</summary>
internal struct LinkedQueue<T>
    where T : class, ILinked<T>
{
    public T? First { get; private set; }

    public T? Last { get; private set; }

    public int Count { get; private set; }

    public void Append(T item) => Insert(item, before: null);

    /// <summary>Puts an item before another one, or at the end.</summary>
    public void Insert(T item, T? before)
    {
        var after = before is null ? Last : before.Previous;
        item.Previous = after;
        item.Next = before;
        if (after is null)
        {
            First = item;
        }
        else
        {
            after.Next = item;
        }

        if (before is null)
        {
            Last = item;
        }
        else
        {
            before.Previous = item;
        }

        Count++;
    }

    public void Remove(T item)
    {
        if (item.Previous is null)
        {
            First = item.Next;
        }
        else
        {
            item.Previous.Next = item.Next;
        }

        if (item.Next is null)
        {
            Last = item.Previous;
        }
        else
        {
            item.Next.Previous = item.Previous;
        }

        item.Previous = item.Next = null;
        Count--;
    }

    /// <summary>Forgets all items, which stay linked to each other.</summary>
    public void Clear()
    {
        First = Last = null;
        Count = 0;
    }
}
