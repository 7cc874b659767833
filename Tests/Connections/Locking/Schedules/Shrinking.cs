namespace Connections.Tests.Locking.Schedules;

/// <summary>Leaves out of a failing sequence whatever it fails without.</summary>
internal static class Shrinking
{
    /// <summary>A part of the sequence that fails, and that would not fail without any one of its items.</summary>
    public static IReadOnlyList<T> Shrink<T>(IReadOnlyList<T> failing, Predicate<IReadOnlyList<T>> fails)
    {
        var shortest = failing.ToList();
        for (var size = shortest.Count / 2; size > 0;)
        {
            var before = shortest.Count;
            for (var start = shortest.Count - size; start > -size; start -= size)
            {
                List<T> shorter = [.. shortest[..Math.Max(0, start)], .. shortest[Math.Min(shortest.Count, start + size)..]];
                shortest = shorter.Count < shortest.Count && fails(shorter) ? shorter : shortest;
            }

            // Once more, for an item that only one left out later needed.
            size = shortest.Count < before && size == 1 ? 1 : size / 2;
        }

        return shortest;
    }
}
