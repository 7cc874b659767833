namespace Connections.Testbeds;

/// <summary>Finds the known name that a mistyped one was probably meant to be.</summary>
internal static class Spelling
{
    private const int MaxListed = 20;

    /// <summary>What there is instead of an unknown name: <c>it has r1, r2; did you mean 'r1'?</c></summary>
    internal static string Known(string written, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
        {
            return "it has none";
        }

        var more = known.Count > MaxListed ? $" and {known.Count - MaxListed} more" : "";
        return $"it has {string.Join(", ", known.Take(MaxListed))}{more}{Hint(written, known)}";
    }

    /// <summary>An end for an error message: <c>; did you mean 'pool_size'?</c>, or nothing.</summary>
    internal static string Hint(string written, IEnumerable<string> known) =>
        Nearest(written, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>Refuses keys that are near to known ones and were probably meant to be those; others may be there for somebody else.</summary>
    internal static void RefuseSlips(TestbedMapping node, IReadOnlyCollection<string> known, string kind)
    {
        foreach (var (key, value) in node.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            if (Nearest(key, known) is { } meant)
            {
                throw TestbedException.At(value, $"'{key}' is no {kind}; did you mean '{meant}'?");
            }
        }
    }

    /// <summary>The nearest known name within a third of its letters (at most two) of what was written, or null.</summary>
    internal static string? Nearest(string written, IEnumerable<string> known) => Near(written, known).FirstOrDefault();

    /// <summary>All known names as near as that, the nearest first.</summary>
    internal static IEnumerable<string> Near(string written, IEnumerable<string> known) => known
        .Where(name => Math.Abs(name.Length - written.Length) <= 2)
        .Select(name => (Name: name, Distance: Distance(written.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(candidate => candidate.Distance <= Math.Min(2, candidate.Name.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name);

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.</summary>
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Cheapest(left, right, i, j, table);
            }
        }

        return table[left.Length, right.Length];
    }

    private static int Cheapest(string left, string right, int i, int j, int[,] table)
    {
        var replaced = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        var cheapest = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(cheapest, table[i - 2, j - 2] + 1) : cheapest;
    }
}
