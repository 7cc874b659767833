namespace Connections.Snmp.Collection.Parsing;

/// <summary>One parser after the other.</summary>
public readonly struct Then<TFirst, T, TSecond, TNext>(TFirst first, TSecond second) : IIndexParser<(T First, TNext Second)>
    where TFirst : struct, IIndexParser<T>
    where TSecond : struct, IIndexParser<TNext>
{
    private readonly TFirst _first = first;
    private readonly TSecond _second = second;

    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out (T First, TNext Second) value)
    {
        value = default;
        return _first.TryParse(ref reader, out value.First) && _second.TryParse(ref reader, out value.Second);
    }
}
