namespace Connections;

/// <summary>Compares dictionaries by their entries, whatever their order: records that hold one need it to be equal by value.</summary>
internal static class ValueDictionary
{
    public static bool Equal<TValue>(IReadOnlyDictionary<string, TValue> left, IReadOnlyDictionary<string, TValue> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (key, value) in left)
        {
            if (!right.TryGetValue(key, out var other) || !EqualityComparer<TValue>.Default.Equals(value, other))
            {
                return false;
            }
        }

        return true;
    }

    public static int Hash<TValue>(IReadOnlyDictionary<string, TValue> values)
    {
        var sum = 0;
        foreach (var (key, value) in values)
        {
            // A sum, since the order of entries must not matter.
            sum = unchecked(sum + HashCode.Combine(key, value));
        }

        return sum;
    }
}
