using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>Where another part of a class has to be written.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Heads">The declarations to open, outermost type first: <c>partial class Outer&lt;T&gt;</c>.</param>
/// <param name="FileName">The name of the generated file, one for each part.</param>
internal sealed record PartialClass(string Namespace, EquatableArray<string> Heads, string FileName)
{
    /// <param name="type">The class.</param>
    /// <param name="isUnsafe">Whether the part holds methods whose signatures need an unsafe context: a part of its own.</param>
    public static PartialClass Of(INamedTypeSymbol type, bool isUnsafe)
    {
        var types = new List<INamedTypeSymbol>();
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            types.Insert(0, outer);
        }

        var heads = types.Select(Head).ToList();
        if (isUnsafe)
        {
            heads[heads.Count - 1] = $"unsafe {heads[heads.Count - 1]}";
        }

        return new(CSharpText.Namespace(type), heads.ToEquatableArray(), CSharpText.FileName(type, isUnsafe ? "Locked.Unsafe" : "Locked"));
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
