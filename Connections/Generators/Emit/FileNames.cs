namespace Connections.Generators.Emit;

/// <summary>Tells generated files apart, whose names the compiler compares without regard to case.</summary>
internal static class FileNames
{
    private const string Extension = ".g.cs";

    /// <summary>Pairs each item with a name of its own: that of its type, and a number where another has taken it.</summary>
    public static IEnumerable<(string FileName, T Item)> Named<T>(this IEnumerable<T> items, Func<T, string> nameOf) => items
        .GroupBy(nameOf, StringComparer.OrdinalIgnoreCase)
        .SelectMany(alike => alike.Select((item, index) => (Numbered(nameOf(item), index + 1), item)));

    private static string Numbered(string name, int number) =>
        number == 1 ? name : $"{name.Substring(0, name.Length - Extension.Length)}.{number}{Extension}";
}
