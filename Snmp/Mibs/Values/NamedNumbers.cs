using System.Collections.Immutable;
using System.Globalization;

namespace Connections.Snmp.Mibs.Values;

/// <summary>The labels of an enumeration or of BITS: found by number, and by what a person types.</summary>
internal static class NamedNumbers
{
    internal static string? Label(ImmutableArray<MibNamedNumber> labels, long number)
    {
        foreach (var label in labels)
        {
            if (label.Number == number)
            {
                return label.Name;
            }
        }

        return null;
    }

    /// <summary>The number of a label, whose case matters only where several differ by it; of a number; or of both as <c>up(1)</c>.</summary>
    /// <returns>Whether it is one of the labels' numbers.</returns>
    internal static bool TryParse(ImmutableArray<MibNamedNumber> labels, ReadOnlySpan<char> text, out int number)
    {
        var parenthesis = text.IndexOf('(');
        if (parenthesis > 0 && text[^1] == ')')
        {
            return TryParse(labels, text[..parenthesis], out number)
                && int.TryParse(text[(parenthesis + 1)..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var same) && same == number;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return Label(labels, number) is not null;
        }

        return TryFind(labels, text, StringComparison.Ordinal, out number) || TryFind(labels, text, StringComparison.OrdinalIgnoreCase, out number);
    }

    /// <summary>All labels for a message: <c>up(1), down(2), testing(3)</c>.</summary>
    internal static string List(ImmutableArray<MibNamedNumber> labels) =>
        string.Join(", ", labels.Select(static label => string.Create(CultureInfo.InvariantCulture, $"{label.Name}({label.Number})")));

    private static bool TryFind(ImmutableArray<MibNamedNumber> labels, ReadOnlySpan<char> text, StringComparison comparison, out int number)
    {
        foreach (var label in labels)
        {
            if (text.Equals(label.Name, comparison))
            {
                number = label.Number;
                return true;
            }
        }

        number = 0;
        return false;
    }
}
