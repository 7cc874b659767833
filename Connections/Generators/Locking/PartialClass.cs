using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>Where another part of a class has to be written.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Heads">The declarations to open, outermost type first: <c>partial class Outer&lt;T&gt;</c>.</param>
/// <param name="FileName">The name of the generated file, one for each class.</param>
internal sealed record PartialClass(string Namespace, EquatableArray<string> Heads, string FileName)
{
    public static PartialClass Of(INamedTypeSymbol type)
    {
        var types = new List<INamedTypeSymbol>();
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            types.Insert(0, outer);
        }

        return new(CSharpText.Namespace(type), types.Select(Head).ToEquatableArray(), CSharpText.FileName(type, "Locked"));
    }

    private static string Head(INamedTypeSymbol type)
    {
        var keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            _ => "class",
        };
        var parameters = CSharpText.TypeParameterList(type.TypeParameters.Select(parameter => CSharpText.Identifier(parameter.Name)));
        return $"partial {keyword} {CSharpText.Identifier(type.Name)}{parameters}";
    }
}
