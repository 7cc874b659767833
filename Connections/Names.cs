namespace Connections;

/// <summary>Lists of names in messages.</summary>
internal static class Names
{
    public static string List(IEnumerable<string> names)
    {
        var list = string.Join(", ", names.Order(StringComparer.Ordinal).Select(static name => $"'{name}'"));
        return list.Length == 0 ? "none" : list;
    }
}
