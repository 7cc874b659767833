using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Connections.Generators.Emit;

/// <summary>Writes symbols as C# source that means the same in any file.</summary>
internal static class CSharpText
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A namespace as it stands in its declaration, keywords escaped.</summary>
    public static SymbolDisplayFormat NamespaceFormat { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>Marks a generated member as such, so that coverage and analysis tools pass over it.</summary>
    public static string GeneratedCode { get; } = string.Format(
        CultureInfo.InvariantCulture,
        "[global::System.CodeDom.Compiler.GeneratedCode(\"Connections.Generators\", \"{0}\")]",
        typeof(CSharpText).Assembly.GetName().Version);

    public static string Type(ITypeSymbol type) => type.ToDisplayString(Qualified);

    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>The type parameters as they stand after a method's name: <c>&lt;TKey, TValue&gt;</c>, or nothing.</summary>
    public static string TypeParameterList(IEnumerable<string> names)
    {
        var list = string.Join(", ", names);
        return list.Length == 0 ? "" : $"<{list}>";
    }
}
