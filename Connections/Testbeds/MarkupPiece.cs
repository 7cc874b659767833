namespace Connections.Testbeds;

/// <summary>A piece of a value: plain text, or one markup with the pieces between its braces.</summary>
/// <param name="Name">What stands before the brace, such as <c>ENV</c>; empty for a reference, null for plain text.</param>
/// <param name="Written">The piece as it stands in the file.</param>
/// <param name="Body">What stands between the braces; empty for plain text.</param>
internal sealed record MarkupPiece(string? Name, string Written, IReadOnlyList<MarkupPiece> Body)
{
    internal static MarkupPiece Plain(string text) => new(null, text, []);
}
