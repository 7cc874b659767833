using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Connections.Generators.Emit;

/// <summary>Writes symbols as C# source that means the same in any file.</summary>
internal static class CSharpText
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Declared = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>Marks a generated member as such, so that coverage and analysis tools pass over it.</summary>
    public static string GeneratedCode { get; } = string.Format(
        CultureInfo.InvariantCulture,
        "[global::System.CodeDom.Compiler.GeneratedCode(\"Connections.Generators\", \"{0}\")]",
        typeof(CSharpText).Assembly.GetName().Version);

    public static string Type(ITypeSymbol type) => type.ToDisplayString(Qualified);

    /// <summary>A type's namespace as it stands in a declaration; empty for the global one.</summary>
    public static string Namespace(INamedTypeSymbol type) =>
        type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(Declared);

    /// <summary>The name of the file that a generator writes for a type, unlike that of any other type but in case: see <see cref="FileNames"/>.</summary>
    public static string FileName(INamedTypeSymbol type, string kind)
    {
        var path = type.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            path = $"{outer.MetadataName}.{path}";
        }

        if (!type.ContainingNamespace.IsGlobalNamespace)
        {
            path = $"{type.ContainingNamespace.ToDisplayString()}.{path}";
        }

        // No type's name contains a hyphen, so that of a generic one meets no other.
        return $"{path.Replace('`', '-').Replace("@", "")}.{kind}.g.cs";
    }

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
