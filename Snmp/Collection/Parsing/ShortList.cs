using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Up to 16 things in the value itself, such as the parts of an index that repeats.</summary>
/// <typeparam name="T">What they are.</typeparam>
public struct ShortList<T>
{
    /// <summary>The most things.</summary>
    public const int MaxCount = 16;

    private Storage _items;

    /// <summary>How many there are.</summary>
    public int Count { readonly get; private set; }

    /// <summary>The things.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<T> Span => ((ReadOnlySpan<T>)_items)[..Count];

    internal bool TryAdd(T item)
    {
        if (Count == MaxCount)
        {
            return false;
        }

        _items[Count++] = item;
        return true;
    }

    [InlineArray(MaxCount)]
    private struct Storage
    {
        private T _first;
    }
}
